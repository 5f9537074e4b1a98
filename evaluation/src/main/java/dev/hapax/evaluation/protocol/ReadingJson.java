package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Sighting;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Style;
import java.util.ArrayList;
import java.util.List;

/** What the attribute reader sees, as results hold it, so that tables can be made of it anew. */
final class ReadingJson {
    private ReadingJson() {}

    static ObjectNode of(Reading reading) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("style", reading.style().name());
        node.put("place", reading.background().name());
        node.putArray("things");
        for (Sighting thing : reading.sightings()) {
            ObjectNode each = node.withArray("things").addObject();
            each.put("kind", thing.kind().name());
            each.put("score", thing.score());
            each.put("color", thing.color().name());
            each.put("pattern", thing.pattern().name());
            each.putArray("box")
                    .add(thing.centerX())
                    .add(thing.centerY())
                    .add(thing.width())
                    .add(thing.height());
        }
        return node;
    }

    static Reading read(JsonNode node) {
        List<Sighting> things = new ArrayList<>();
        for (JsonNode thing : node.path("things")) {
            JsonNode box = thing.path("box");
            things.add(new Sighting(
                    Kind.valueOf(thing.path("kind").asText()),
                    thing.path("score").asDouble(),
                    ColorName.valueOf(thing.path("color").asText()),
                    Pattern.valueOf(thing.path("pattern").asText()),
                    box.path(0).asDouble(),
                    box.path(1).asDouble(),
                    box.path(2).asDouble(),
                    box.path(3).asDouble()));
        }
        return new Reading(
                Style.valueOf(node.path("style").asText()),
                Background.valueOf(node.path("place").asText()),
                things);
    }
}
