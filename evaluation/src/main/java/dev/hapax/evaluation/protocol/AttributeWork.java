package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.measure.Judges;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.PaletteDifference;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * Looks at an image and at the picture that its word was learned from.
 *
 * @param judges a CLIP and Picturebook's attribute reader
 * @param subject the picture, a drawn scene of one thing
 */
record AttributeWork(Judges judges, Subject subject) {
    static final String READING = "reading";
    static final String PALETTE = "palette";
    static final String IMAGE = "clip_image";
    static final String TEXT = "clip_text_"; // and the attribute

    ObjectNode result(BufferedImage image) {
        BufferedImage picture = subject.pictures().get(0);
        Scene scene = subject.scene().orElseThrow();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(READING, ReadingJson.of(judges.reader().orElseThrow().read(image)));
        ObjectNode numbers = node.putObject(WordWork.NUMBERS);
        numbers.put(PALETTE, PaletteDifference.of(Raster.of(image), Raster.of(picture)));
        Embedding clip = judges.clip(image);
        numbers.put(
                IMAGE,
                clip.cosine(Objects.requireNonNull(judges.reference(picture).get("clip"))));
        for (Attribute attribute : Attribute.values()) {
            numbers.put(
                    TEXT + attribute,
                    clip.cosine(judges.text(attribute.truth(scene)).plain()));
        }
        return node;
    }
}
