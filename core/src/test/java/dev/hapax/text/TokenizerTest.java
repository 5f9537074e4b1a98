package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static final int BEGIN = 49406;
    private static final int END = 49407;
    private static final int A = 320;
    private static final int CAT = 2368;

    @TempDir
    static Path folder;

    private static Tokenizer clip;

    @BeforeAll
    static void openAiVocabulary() throws IOException {
        OpenAiVocabulary.write(folder);
        clip = Tokenizer.open(folder);
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    @Test
    void framesAndPads() {
        TokenIds tokens = clip.encode("A  cat");
        assertEquals(77, tokens.ids().length);
        assertEquals(4, tokens.length());
        assertArrayEquals(new long[] {BEGIN, A, CAT, END, END, END}, Arrays.copyOf(tokens.ids(), 6));
        assertFalse(tokens.truncated());
        assertArrayEquals(new long[] {BEGIN, END}, Arrays.copyOf(clip.encode("").ids(), 2));
    }

    @Test
    void spansAreCharactersOfThePrompt() {
        String prompt = "\uD83D\uDC08 a sculpture of \u00c9tienne's caT";
        TokenIds tokens = clip.encode(prompt);
        assertEquals("caT", text(prompt, tokens, tokens.length() - 2));
        assertEquals(List.of(tokens.length() - 2), tokens.positions("caT"));
        StringBuilder joined = new StringBuilder();
        tokens.positions("\u00c9tienne").forEach(i -> joined.append(text(prompt, tokens, i)));
        assertTrue(joined.toString().contains("tienne"), joined.toString());
        assertEquals(List.of(), tokens.positions("dog"));
        assertEquals(new TokenIds.Span(0, 0), tokens.spans().get(0));
        assertEquals(
                new TokenIds.Span(prompt.length(), prompt.length()),
                tokens.spans().get(tokens.length() - 1));
    }

    private static String text(String prompt, TokenIds tokens, int i) {
        return prompt.substring(
                tokens.spans().get(i).start(), tokens.spans().get(i).end());
    }

    @Test
    void longPromptsAreCutVisibly() {
        TokenIds just = clip.encode("cat ".repeat(75));
        assertFalse(just.truncated());
        assertEquals(77, just.length());
        assertEquals(END, just.ids()[76]);
        TokenIds over = clip.encode("cat ".repeat(76));
        assertTrue(over.truncated());
        assertEquals(77, over.length());
        assertArrayEquals(just.ids(), over.ids());
    }

    @Test
    void aWordThatIsCutInTwoIsNotThere() {
        String before = "cat ".repeat(73);
        TokenIds whole = clip.encode(before + "a tyrannosaurus"); // several tokens
        assertTrue(whole.truncated());
        assertEquals(List.of(), whole.positions("tyrannosaurus"), "one of its tokens has room");
        assertEquals(List.of(), whole.wordPositions("tyrannosaurus"));
        assertEquals(List.of(74), whole.wordPositions("a"), "what stands before the cut is there");
        try (Scope scope = Scope.open()) {
            Lexicon lexicon = Lexicon.empty().with("<a>", Tensor.zeros(DType.FLOAT32, 3, 8));
            assertEquals(
                    List.of(), clip.encode(before + "<a> cat", lexicon).wordPositions("<a>"), "two of three vectors");
            TokenIds fits = clip.encode("cat ".repeat(72) + "<a> cat", lexicon);
            assertTrue(fits.truncated(), "without the last cat");
            assertEquals(List.of(73, 74, 75), fits.wordPositions("<a>"));
        }
    }

    @Test
    void learnedWordsGetTheIdsAfterTheVocabulary() {
        try (Scope scope = Scope.open()) {
            Lexicon lexicon = Lexicon.empty()
                    .with("<b>", Tensor.zeros(DType.FLOAT32, 1, 8))
                    .with("<a>", Tensor.zeros(DType.FLOAT32, 3, 8));
            String prompt = "a brown <a> cat,<b>";
            TokenIds tokens = clip.encode(prompt, lexicon);
            assertEquals(49408, tokens.learnedFrom());
            long[] plain = clip.encode("a brown").ids();
            assertArrayEquals(
                    new long[] {BEGIN, A, plain[2], 49409, 49410, 49411, CAT, 267, 49408, END},
                    Arrays.copyOf(tokens.ids(), tokens.length()));
            assertEquals(List.of(3, 4, 5), tokens.positions("<a>"));
            assertEquals("<b>", text(prompt, tokens, 8));
            assertEquals("a brown <a> cat , <b>", clip.decode(lexicon, tokens.ids()));
        }
    }

    @Test
    void theLongestLearnedWordWinsAndWordsAreNotFoundInsideOthers() {
        try (Scope scope = Scope.open()) {
            Tensor row = Tensor.zeros(DType.FLOAT32, 1, 8);
            Lexicon lexicon = Lexicon.empty().with("<v>1", row).with("<v>", row).with("zqx", row);
            assertEquals(List.of(49408L), learned("<v>1", lexicon));
            assertEquals(List.of(49409L), learned("<v>2", lexicon));
            assertEquals(List.of(49409L, 49409L), learned("<v><v>", lexicon));
            assertEquals(List.of(49410L), learned("two zqx.", lexicon));
            assertEquals(List.of(), learned("zqxs azqx zqx9", lexicon));
            assertEquals(List.of(), learned("ZQX", lexicon));
        }
    }

    private static List<Long> learned(String prompt, Lexicon lexicon) {
        return Arrays.stream(clip.encode(prompt, lexicon).ids())
                .filter(id -> id >= 49408)
                .boxed()
                .toList();
    }

    @Test
    void aLearnedWordMustBeNew() {
        try (Scope scope = Scope.open()) {
            Lexicon lexicon = Lexicon.empty().with("cat", Tensor.zeros(DType.FLOAT32, 1, 8));
            String message = fails(() -> clip.encode("a cat", lexicon));
            assertEquals(
                    "\"cat\" is already token 2368 of the vocabulary; give the learned word another name, for example"
                            + " <cat-1>",
                    message);
            clip.encode("a dog", lexicon);
            clip.requireNew("<cat>");
        }
    }

    @Test
    void singleTokensAndBack() {
        assertEquals(OptionalInt.of(CAT), clip.idOf("cat"));
        assertEquals(OptionalInt.of(END), clip.idOf("<|endoftext|>"));
        assertEquals(OptionalInt.empty(), clip.idOf("supercalifragilistic"));
        assertEquals(OptionalInt.empty(), clip.idOf(" "));
        String odd = "na\u00efve \u6771\u4eac , 3 \uD83D\uDC08 !";
        assertEquals(odd, clip.decode(clip.encode(odd).ids()));
    }

    @Test
    void paddingAndLengthFollowTheFiles(@TempDir Path other) throws IOException {
        OpenAiVocabulary.write(other, 2000);
        long begin = 512 + 2000;
        long end = begin + 1;
        Files.writeString(
                other.resolve("special_tokens_map.json"),
                "{\"pad_token\": {\"content\": \"!\", \"lstrip\": false}, \"eos_token\": \"<|endoftext|>\"}");
        Files.writeString(other.resolve("tokenizer_config.json"), "{\"model_max_length\": 7, \"pad_token\": \"?\"}");
        try (Tokenizer tokenizer = Tokenizer.open(other)) {
            long the = tokenizer.idOf("the").getAsInt();
            assertArrayEquals(
                    new long[] {begin, the, end, 0, 0, 0, 0},
                    tokenizer.encode("the").ids());
            // a special token is one wherever it stands, so this is not the word "!</w>"
            assertArrayEquals(
                    new long[] {begin, the, 0, end, 0, 0, 0},
                    tokenizer.encode("the!").ids());
        }
        try (Tokenizer tokenizer = Tokenizer.open(other, 5)) {
            assertEquals(5, tokenizer.length());
        }
        for (String unlimited : List.of("1000000000000000019884624838656", "1e30")) {
            Files.writeString(other.resolve("tokenizer_config.json"), "{\"model_max_length\": " + unlimited + "}");
            try (Tokenizer tokenizer = Tokenizer.open(other);
                    Tokenizer bounded = Tokenizer.open(other, 20)) {
                assertEquals(77, tokenizer.length());
                assertEquals(20, bounded.length());
            }
        }
    }

    @Test
    void tokensThatWereAddedToTheFilesAreKnown(@TempDir Path other) throws IOException {
        OpenAiVocabulary.write(other, 2000);
        Files.writeString(other.resolve("added_tokens.json"), "{\"<cat-toy>\": 2514}");
        Files.writeString(other.resolve("tokenizer_config.json"), """
            {"added_tokens_decoder": {"2515": {"content": "<new1>"}, "2513": {"content": "<|endoftext|>"}}}\
            """);
        try (Tokenizer tokenizer = Tokenizer.open(other, 6)) {
            assertEquals(2516, tokenizer.vocabularySize());
            long the = tokenizer.idOf("the").getAsInt();
            TokenIds tokens = tokenizer.encode("the <cat-toy>the<new1>");
            assertArrayEquals(new long[] {2512, the, 2514, the, 2515, 2513}, tokens.ids());
            assertEquals("the <cat-toy> the <new1>", tokenizer.decode(tokens.ids()));
            assertEquals(OptionalInt.of(2515), tokenizer.idOf("<new1>"));
        }
    }

    @Test
    void aTokenizerJsonServesInPlaceOfTheTwoFiles(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("tokenizer.json"), """
            {"model": {"type": "BPE", "merges": ["c a", ["ca", "t</w>"]], "vocab":
            {"c": 0, "a": 1, "t</w>": 2, "ca": 3, "cat</w>": 4, "<|startoftext|>": 5, "<|endoftext|>": 6}}}\
            """);
        try (Tokenizer tokenizer = Tokenizer.open(other, 4)) {
            assertArrayEquals(new long[] {5, 4, 6, 6}, tokenizer.encode("cat").ids());
        }
    }

    @Test
    void mistakesAreNamed(@TempDir Path other) throws IOException {
        assertTrue(failsToOpen(other).contains("has no vocabulary: expected vocab.json and merges.txt"));
        OpenAiVocabulary.write(other, 100);
        Files.writeString(other.resolve("special_tokens_map.json"), "{\"pad_token\": \"<pad>\"}");
        assertTrue(failsToOpen(other).contains("has no token \"<pad>\", which its special tokens name"));
        Files.delete(other.resolve("special_tokens_map.json"));
        Files.writeString(other.resolve("merges.txt"), "#version: 0.2\nqqqq wwww\n");
        assertTrue(failsToOpen(other).contains("vocabulary and merges do not fit each other"));
    }

    private static String failsToOpen(Path other) {
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> Tokenizer.open(other))
                .getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private static String fails(Executable what) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, what).getMessage());
    }
}
