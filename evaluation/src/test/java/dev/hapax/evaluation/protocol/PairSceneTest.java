package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PairSceneTest {
    @Test
    void wordsComeWithTheAdjectivesOfThePicture() {
        PairScene scene = PairScene.of(70_000_015, 32); // a blue cat and a red mug
        assertEquals("a blue <a> left of a red <b> on grass", scene.sentence());
        assertEquals("a sketch of a red <b> beside a blue <a>", scene.described("a sketch of <b> beside <a>"));
        assertEquals("a sketch of a dog", scene.described("a sketch of a dog"));
    }
}
