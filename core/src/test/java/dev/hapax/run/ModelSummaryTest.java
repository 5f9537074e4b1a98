package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
    private static ModelSummary summary(String folder) throws URISyntaxException {
        return ModelSummary.of(Path.of(Objects.requireNonNull(ModelSummaryTest.class.getResource("/goldens/" + folder))
                .toURI()));
    }

    @Test
    void aModelMayLieInTheFolderItself() throws URISyntaxException {
        ModelSummary dino = summary("dino/vits16");
        assertEquals("vision transformer, built like DINO", dino.family());
        assertEquals(1, dino.parts().size());
        assertEquals("", dino.parts().get(0).name());
        assertEquals("ViTModel", dino.parts().get(0).className());
        // 24 wide, 3 layers of 48 units, 37 positions, patches of 3 x 4 x 4
        long layer = 4 * (24 * 24 + 24) + 2 * (2 * 24) + 24 * 48 + 48 + 48 * 24 + 24;
        assertEquals(3 * layer + 24 + 37 * 24 + 3 * 16 * 24 + 24 + 2 * 24, dino.parameters());
        assertEquals(64, dino.hash().length());
        assertEquals("DINOv2", summary("dino/dinov2").family());
        assertEquals("CLIP", summary("clip-full").family());
    }

    @Test
    void aFolderOfPartsHasNoWhole() throws URISyntaxException {
        ModelSummary model = summary("sd15");
        assertTrue(model.parts().stream().noneMatch(part -> part.name().isEmpty()));
        assertTrue(model.parameters() > 0);
    }
}
