package dev.hapax.app;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong is told in one line, with exit code 2 for a mistake and 1 for a failure, and nothing else is said. */
abstract class BadInput {
    static final String PROMPT = "a brown <a> cat and a rolling <b> ball";
    static final Path MODEL = TinyModel.shared();

    @TempDir
    Path folder;

    Path picture;
    Path out;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
        out = folder.resolve("out");
    }

    static void change(Path weights, String part, UnaryOperator<Tensor> change) {
        try (Scope scope = Scope.open();
                SafetensorsFile file = SafetensorsFile.open(weights)) {
            Map<String, Tensor> changed = new TreeMap<>();
            for (String name : file.names()) {
                Tensor tensor = file.tensor(name);
                changed.put(name, name.contains(part) ? change.apply(tensor) : tensor);
            }
            SafetensorsWriter.write(weights, changed, Map.of());
        }
    }

    CommandRun learn(Path from, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("learn", from, "--model", MODEL, "--out", out));
        if (!List.of(more).contains("--prompt")) {
            arguments.addAll(List.of("--prompt", PROMPT));
        }
        arguments.addAll(List.of((Object[]) more));
        return CommandRun.of(arguments.toArray());
    }

    CommandRun generate(String prompt, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("generate", prompt, "--model", MODEL, "--out", out));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
