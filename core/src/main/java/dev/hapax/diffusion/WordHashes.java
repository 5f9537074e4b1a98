package dev.hapax.diffusion;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names the vectors of learned words by SHA-256 of their fp32 values, for all encoders, row by row. */
public final class WordHashes {
    private WordHashes() {}

    /** The words that stand in any of these texts, with their hashes in hexadecimal. */
    public static Map<String, String> of(List<Lexicon> lexicons, String... texts) {
        Map<String, String> hashes = new TreeMap<>();
        for (Lexicon lexicon : lexicons) {
            for (String word : lexicon.words()) {
                for (String text : texts) {
                    if (text.contains(word)) {
                        hashes.computeIfAbsent(word, key -> hash(key, lexicons));
                    }
                }
            }
        }
        return hashes;
    }

    private static String hash(String word, List<Lexicon> lexicons) {
        try (Scope scope = Scope.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Lexicon lexicon : lexicons) {
                if (lexicon.words().contains(word)) {
                    Tensor rows = lexicon.rows(word).detach().to(DType.FLOAT32);
                    digest.update(rows.toBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
