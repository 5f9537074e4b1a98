package dev.hapax.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.Version;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Framing;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.matte.MatteSettings;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code run.json} and the metadata of word files say about a run. */
final class RunRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunRecord() {}

    /** Everything that decides the numbers of a run, step by step. How many steps there are does not. */
    static ObjectNode settings(
            LearnRequest request,
            Method<DenoisingPass> method,
            List<PictureFile> pictures,
            RegularisingPictures prior,
            String modelName,
            String modelHash,
            int side) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", Version.CURRENT);
        node.put("method", request.method().toString());
        node.put("paper", method.paper());
        node.put("prompt", request.prompt());
        request.templates().forEach(node.putArray("templates")::add);
        ArrayNode words = node.putArray("words");
        for (Word word : method.words()) {
            ObjectNode each = words.addObject();
            each.put("token", word.token());
            each.put("init", word.startsFrom());
            each.put("vectors", word.vectors());
            if (!word.cells().isOne()) {
                each.put("cells", word.cells().json());
            }
            word.placement().ifPresent(placement -> each.put("placement", placement.json()));
        }
        if (request.method().usual().weights()) {
            node.set("weights", weights(request, prior));
        } else if (request.method().cells()) {
            node.set("attributes", attributes(request, pictures));
        } else if (request.method() != MethodName.TEXTUAL_INVERSION) {
            node.set("regularisers", McplRecord.of(request.regularisers()));
        }
        request.anchors().ifPresent(anchoring -> node.set("anchors", anchors(anchoring)));
        node.put("rate", request.pace().rate());
        node.put("batch", request.pace().batch());
        node.put("seed", request.pace().seed());
        node.put("flip", request.pace().flip());
        node.put("side", side);
        if (request.framing() == Framing.SQUEEZE) {
            node.put("squeeze", true);
        }
        boolean joint = !request.weights().concepts().isEmpty();
        Map<String, String> shown = joint ? request.concepts(pictures) : Map.of();
        ArrayNode files = node.putArray("pictures");
        for (PictureFile picture : pictures) {
            ObjectNode each = files.addObject();
            each.put("file", picture.path().toString());
            each.put("sha256", picture.sha256());
            if (joint) {
                each.put("shows", shown.get(picture.sha256()));
            }
        }
        node.put("model", modelName);
        node.put("model_sha256", modelHash);
        return node;
    }

    private static ObjectNode attributes(LearnRequest request, List<PictureFile> pictures) {
        CellSettings settings = request.cells();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (request.method() == MethodName.PROSPECT) {
            node.put("generator", settings.generator());
        }
        if (request.method() == MethodName.MATTE) {
            MatteSettings matte = settings.matte();
            node.put("sentences", matte.sentences());
            node.put("noun", matte.noun());
            matte.stageShares().forEach(node.putArray("stage_shares")::add);
            node.put("form", matte.form().toString().toLowerCase(java.util.Locale.ROOT));
            node.put("space", matte.space().toString().toLowerCase(java.util.Locale.ROOT));
            node.put("share", matte.share());
            node.put("pull", matte.pull());
            node.put("equal", matte.equal());
            node.put("object", matte.object());
            node.put("equal_layout", matte.equalLayout());
            node.put("class", settings.className());
            ObjectNode colors = node.putObject("colors");
            (settings.colors().isEmpty() ? MatteRun.colors(pictures) : settings.colors()).forEach(colors::put);
        }
        return node;
    }

    private static ObjectNode anchors(LearnRequest.Anchoring anchoring) {
        AnchorSettings settings = anchoring.settings();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("weight", settings.weight());
        node.put("atoms", settings.atoms());
        node.put("refresh", settings.refresh());
        node.put("class_share", settings.classShare());
        node.put("reduction", settings.reduction().toString().toLowerCase(java.util.Locale.ROOT));
        anchoring.vocabulary().names().forEach(node.putArray("names")::add);
        return node;
    }

    private static ObjectNode weights(LearnRequest request, RegularisingPictures pictures) {
        WeightSettings settings = request.weights();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        settings.rank().ifPresent(rank -> node.put("rank", rank));
        node.put("text_encoder", settings.textEncoder());
        node.put("rate", settings.rate());
        node.put("clip", Double.toString(request.method().usual().clip()));
        node.put("augment", settings.augment());
        ObjectNode prior = node.putObject("regularisation");
        Regularisation wanted = settings.regularisation();
        prior.put("source", wanted.source().toString().toLowerCase(java.util.Locale.ROOT));
        if (wanted.source() != Regularisation.Source.NONE) {
            prior.put("weight", settings.priorWeight());
            if (wanted.prompts().size() == 1) {
                prior.put("prompt", wanted.prompts().get(0));
            } else {
                wanted.prompts().forEach(prior.putArray("prompts")::add);
            }
            wanted.folder().ifPresent(folder -> prior.put("folder", folder.toString()));
            pictures.sha256().ifPresent(sha256 -> prior.put("sha256", sha256));
        }
        if (wanted.source() == Regularisation.Source.GENERATED) {
            prior.put("count", wanted.count());
        }
        if (request.method() == MethodName.DISENDIFF) {
            ObjectNode losses = node.putObject("attention");
            losses.put("bind_weight", settings.disenDiff().bindWeight());
            losses.put("separate_weight", settings.disenDiff().separateWeight());
            losses.put("smooth", settings.disenDiff().smooth());
            losses.put("suppressions", settings.disenDiff().suppressions());
            ClassNames.of(request.prompt(), request.words(), settings.classes())
                    .forEach(losses.putObject("classes")::put);
        }
        return node;
    }

    /** What the metadata of any learned file says. */
    static Map<String, String> metadata(ObjectNode settings, long steps) {
        Map<String, String> texts = new TreeMap<>();
        for (String key : List.of("version", "method", "paper", "prompt", "seed", "model", "model_sha256")) {
            texts.put(key, settings.get(key).asText());
        }
        texts.put("steps", Long.toString(steps));
        texts.put("pictures_sha256", String.join(",", settings.get("pictures").findValuesAsText("sha256")));
        texts.put("settings", settings.toString());
        return texts;
    }

    /** The metadata of a word's file. */
    static Map<String, String> metadata(ObjectNode settings, Word word, long steps) {
        Map<String, String> texts = metadata(settings, steps);
        texts.put("token", word.token());
        texts.put("init", word.startsFrom());
        return texts;
    }

    /** The first difference between two settings that matters when a run goes on; empty if there is none. */
    static String difference(JsonNode before, ObjectNode now) {
        for (Map.Entry<String, JsonNode> entry : before.properties()) {
            if (!now.has(entry.getKey())) {
                return entry.getKey() + " was " + entry.getValue() + " and is now left out";
            }
        }
        for (Map.Entry<String, JsonNode> entry : now.properties()) {
            JsonNode old = before.path(entry.getKey());
            // as text: a number that was read back may be of another type
            if (!withoutPaths(old)
                    .toString()
                    .equals(withoutPaths(entry.getValue()).toString())) {
                return entry.getKey() + " was " + old + " and is now " + entry.getValue();
            }
        }
        return "";
    }

    /** Pictures are the same if their content is, wherever they lie. */
    private static JsonNode withoutPaths(JsonNode node) {
        JsonNode copy = node.deepCopy();
        copy.forEach(each -> {
            if (each instanceof ObjectNode object) {
                object.remove(List.of("file", "folder"));
            }
        });
        return copy;
    }

    static byte[] bytes(JsonNode node) {
        return (node.toPrettyString() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static JsonNode read(Path file) {
        return dev.hapax.checkpoint.Config.read(file).json();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
