package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisenDiffProtocolTest {
    private static List<String> claims(String source) {
        return DisenDiffProtocol.promises(List.of("<a>", "<b>")).stream()
                .filter(promise -> promise.source().contains(source))
                .map(Promise::text)
                .toList();
    }

    @Test
    void thePaperIsQuotedForWhatItSays() {
        assertEquals(
                List.of(
                        "image alignment, crop of <a>: DisenDiff > Custom Diffusion",
                        "image alignment, crop of <b>: DisenDiff > Custom Diffusion",
                        "image alignment, crop of <a>: DisenDiff > DisenDiff without L_bind",
                        "image alignment, crop of <b>: DisenDiff > DisenDiff without L_bind",
                        "image alignment, crop of <a>: DisenDiff > DisenDiff without L_s&s",
                        "image alignment, crop of <b>: DisenDiff > DisenDiff without L_s&s",
                        "image alignment, crop of <b>: DisenDiff > DisenDiff without suppression",
                        "image alignment, whole of <a> and <b>: DisenDiff > Custom Diffusion",
                        "image alignment, whole of <a> and <b>: DisenDiff > DreamBooth",
                        "image alignment, whole of <a> and <b>: DisenDiff > DisenDiff without smoothing",
                        "image alignment, crop: DisenDiff > DreamBooth",
                        "image alignment, crop: DreamBooth > textual inversion",
                        "image alignment, crop: Custom Diffusion > textual inversion",
                        "text alignment: DisenDiff > DreamBooth",
                        "text alignment: DisenDiff > DisenDiff without suppression",
                        "text alignment: textual inversion > DisenDiff",
                        "text alignment: textual inversion > DreamBooth",
                        "text alignment: textual inversion > Custom Diffusion"),
                claims("Zhang et al. 2024"));
    }

    @Test
    void ourOwnBarIsNotThePapers() {
        assertEquals(
                List.of(
                        "image alignment, crop of <a>: DisenDiff > DisenDiff without smoothing",
                        "image alignment, crop of <b>: DisenDiff > DisenDiff without smoothing"),
                claims("our own"));
    }
}
