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

    /** Or it would count among what a word draws alone, and among what changes though nothing was asked for. */
    @Test
    void whoeverAsksForAChairLooksForIt() {
        Comparison small = (Comparison) new DisenDiffProtocol().on(TinyGround.drawn(), Scale.SMALL);
        List<Ask> asks = small.entries().get(0).asks();
        assertEquals(
                3,
                asks.stream().filter(ask -> ask.name().equals("with a chair")).count());
        for (Ask ask : asks) {
            assertEquals(
                    ask.prompt().contains(" and a red chair"), ask.things().equals(List.of("chair")), ask.prompt());
        }
        assertEquals(
                List.of("<a>", "<b>"),
                asks.stream()
                        .filter(Ask::isAlone)
                        .flatMap(ask -> ask.words().stream())
                        .toList());
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
