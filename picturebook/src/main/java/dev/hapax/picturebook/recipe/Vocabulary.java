package dev.hapax.picturebook.recipe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A byte-pair vocabulary in CLIP's form in which each word of the little world is one token, and every other text still
 * falls into bytes.
 *
 * @param ids token to id: bytes, bytes that end a word, merged pieces, start and end of text
 * @param merges pairs of pieces in order of priority
 */
record Vocabulary(Map<String, Integer> ids, List<String> merges) {
    private static final String END_OF_WORD = "</w>";

    /** Merges are added word by word until each of {@code words} comes out whole. */
    static Vocabulary of(Set<String> words) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        boolean settled = false;
        while (!settled) { // a new merge may cut across an earlier word: look at all of them again
            settled = true;
            for (String word : new TreeSet<>(words)) {
                List<String> pieces = pieces(word, ranks);
                while (pieces.size() > 1) {
                    ranks.put(pieces.get(0) + " " + pieces.get(1), ranks.size());
                    pieces = pieces(word, ranks);
                    settled = false;
                }
            }
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String suffix : List.of("", END_OF_WORD)) {
            for (char symbol : byteSymbols()) {
                ids.put(symbol + suffix, ids.size());
            }
        }
        ranks.keySet().forEach(pair -> ids.putIfAbsent(pair.replace(" ", ""), ids.size()));
        ids.put("<|startoftext|>", ids.size());
        ids.put("<|endoftext|>", ids.size());
        return new Vocabulary(ids, List.copyOf(ranks.keySet()));
    }

    /** Byte-pair encoding of one word (Sennrich et al. 2016): the pair of highest priority is joined first. */
    private static List<String> pieces(String word, Map<String, Integer> ranks) {
        List<String> pieces = new ArrayList<>();
        for (byte b : word.getBytes(StandardCharsets.US_ASCII)) {
            pieces.add(String.valueOf((char) b));
        }
        pieces.set(pieces.size() - 1, pieces.get(pieces.size() - 1) + END_OF_WORD);
        while (true) {
            int best = Integer.MAX_VALUE;
            String joined = "";
            for (int i = 0; i + 1 < pieces.size(); i++) {
                int rank = ranks.getOrDefault(pieces.get(i) + " " + pieces.get(i + 1), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    joined = pieces.get(i) + " " + pieces.get(i + 1);
                }
            }
            if (best == Integer.MAX_VALUE) {
                return pieces;
            }
            for (int i = 0; i + 1 < pieces.size(); i++) {
                if (joined.equals(pieces.get(i) + " " + pieces.get(i + 1))) {
                    pieces.set(i, pieces.get(i) + pieces.remove(i + 1));
                }
            }
        }
    }

    /** The 256 printable characters that stand for bytes, in the order of GPT-2's and CLIP's vocabularies. */
    private static List<Character> byteSymbols() {
        List<Character> printable = new ArrayList<>();
        List<Character> rest = new ArrayList<>();
        for (int[] range : new int[][] {{'!', '~'}, {0xA1, 0xAC}, {0xAE, 0xFF}}) {
            for (int c = range[0]; c <= range[1]; c++) {
                printable.add((char) c);
            }
        }
        for (int b = 0; b < 256; b++) {
            if (!printable.contains((char) b)) {
                rest.add((char) (256 + rest.size()));
            }
        }
        printable.addAll(rest);
        return printable;
    }
}
