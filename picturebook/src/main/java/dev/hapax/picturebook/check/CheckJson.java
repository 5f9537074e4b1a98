package dev.hapax.picturebook.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The figures of a check for programs. */
final class CheckJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CheckJson() {}

    static String of(CheckResult result) {
        CheckSettings settings = result.settings();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", result.model());
        all.put("hash", result.hash());
        all.put("seed", settings.seed());
        all.put("sampler", "ddim");
        all.put("steps", settings.steps());
        all.put("guidance", settings.guidance());
        all.put("dtype", settings.dtype().name().toLowerCase(Locale.ROOT));
        all.put("reached", result.reached());
        all.put("renderings", shares(result.renderings()::of));
        result.reconstructions().ifPresent(r -> {
            all.put("reconstructions", shares(r.figures()::of));
            all.put("psnr", Map.of("decibels", r.psnr(), "bar", Reconstructions.BAR, "count", r.count()));
        });
        if (!result.drawings().isEmpty()) {
            Figures drawn = result.drawn();
            all.put("drawings", shares(drawn::of));
            all.put("drawings_where_present", shares(drawn::wherePresent));
        }
        result.detector().ifPresent(d -> all.put("detector", detector(d)));
        result.prior()
                .ifPresent(p -> all.put(
                        "prior",
                        Map.of(
                                "cosine_own", p.own(),
                                "cosine_other", p.other(),
                                "cosine_mean", p.mean(),
                                "nearer_own", share(p.nearer()))));
        try {
            return JSON.writeValueAsString(all) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of numbers and texts can be written", e);
        }
    }

    private static Map<String, Object> detector(DetectorScore score) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("overlap", DetectorScore.OVERLAP);
        entry.put("map", score.renderings().mean());
        entry.put("bar", DetectorScore.BAR);
        entry.put("classes", score.renderings().classes());
        score.reconstructions().ifPresent(after -> entry.put("map_reconstructions", after.mean()));
        score.drawn().ifPresent(drawn -> entry.put("presence_drawings", drawn));
        return entry;
    }

    private static Map<String, Object> shares(Function<Criterion, Share> figures) {
        Map<String, Object> shares = new LinkedHashMap<>();
        for (Criterion criterion : Criterion.values()) {
            Map<String, Object> entry = share(figures.apply(criterion));
            criterion.bar().ifPresent(bar -> entry.put("bar", bar));
            shares.put(criterion.name().toLowerCase(Locale.ROOT), entry);
        }
        return shares;
    }

    private static Map<String, Object> share(Share share) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("hits", share.hits());
        entry.put("trials", share.trials());
        if (share.trials() > 0) {
            entry.put("share", share.value());
            entry.put("low", share.low());
            entry.put("high", share.high());
        }
        return entry;
    }
}
