package dev.hapax.app;

import dev.hapax.vision.ask.Answerer;
import dev.hapax.vision.ask.Blip2Answerer;
import dev.hapax.vision.ask.BlipAnswerer;
import dev.hapax.vision.ask.ViltAnswerer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is asked what a picture shows. */
final class AskOptions {
    private static final String CLIP = "clip";

    @Option(
            names = "--answerer",
            paramLabel = "NAME",
            defaultValue = CLIP,
            description =
                    "Who is asked. clip: the prior's own towers choose among the known members. vilt, blip, blip2:"
                            + " models that answer questions. blip-rank: BLIP chooses among the known members."
                            + " Default: ${DEFAULT-VALUE}.")
    private String name = CLIP;

    @Option(
            names = "--answerer-model",
            paramLabel = "DIR",
            description = "The folder of the model that answers, such as vilt-b32-finetuned-vqa, blip-vqa-base or"
                    + " blip2-flan-t5-xl.")
    private @Nullable Path folder;

    /** Whoever answers, to be closed; nobody for CLIP's choice, which needs no model of its own. */
    interface Opened extends AutoCloseable {
        /** The one who answers. */
        Optional<Answerer> answerer();

        @Override
        void close();
    }

    /**
     * Opens the model.
     *
     * @param members that may be chosen from
     */
    Opened open(List<String> members) {
        if (name.equals(CLIP)) {
            if (folder != null) {
                throw new IllegalArgumentException("--answerer clip takes the prior's own towers and does not read "
                        + folder + "; say with --answerer vilt, blip, blip-rank or blip2 what model that is, or leave"
                        + " --answerer-model out");
            }
            return opened(Optional.empty(), () -> {});
        }
        if (!List.of("vilt", "blip", "blip-rank", "blip2").contains(name)) {
            throw new IllegalArgumentException(
                    "the answerer \"" + name + "\" is unknown; known are clip, vilt, blip, blip-rank, blip2");
        }
        if (folder == null) {
            throw new IllegalArgumentException(
                    "--answerer " + name + " needs a model; name its folder with --answerer-model DIR");
        }
        switch (name) {
            case "vilt" -> {
                ViltAnswerer vilt = ViltAnswerer.open(folder);
                return opened(Optional.of(vilt), vilt::close);
            }
            case "blip2" -> {
                Blip2Answerer blip2 = Blip2Answerer.open(folder);
                return opened(Optional.of(blip2), blip2::close);
            }
            default -> {
                BlipAnswerer blip = BlipAnswerer.open(folder);
                return opened(Optional.of(name.equals("blip") ? blip : blip.among(members)), blip::close);
            }
        }
    }

    private static Opened opened(Optional<Answerer> answerer, Runnable close) {
        return new Opened() {
            @Override
            public Optional<Answerer> answerer() {
                return answerer;
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
