package dev.hapax.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From tokens back to text. Byte-level vocabularies (Radford et al. 2019) write each byte as one printable character:
 * printable Latin-1 stands for itself, the other 68 bytes are the characters from U+0100 on.
 *
 * @param tokens the token of each id
 * @param bytes the byte of each character
 */
record ByteText(Map<Long, String> tokens, Map<Character, Byte> bytes) {
    private static final String WORD_END = "</w>";

    static ByteText of(ClipVocabulary vocabulary) {
        Map<Long, String> tokens = new HashMap<>();
        vocabulary.ids().forEach((token, id) -> tokens.put((long) id, token));
        vocabulary.added().forEach((token, id) -> tokens.put((long) id, token + WORD_END));
        Map<Character, Byte> bytes = new HashMap<>();
        char stranger = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b > 0x20 && b < 0x7F) || (b > 0xA0 && b != 0xAD);
            bytes.put(printable ? (char) b : stranger++, (byte) b);
        }
        return new ByteText(tokens, bytes);
    }

    /** The text of a run of ids; bytes that are no UTF-8 become U+FFFD. */
    String text(List<Long> ids) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long id : ids) {
            String token = tokens.getOrDefault(id, "");
            boolean last = token.endsWith(WORD_END);
            String body = last ? token.substring(0, token.length() - WORD_END.length()) : token;
            body.chars().forEach(c -> out.write(bytes.getOrDefault((char) c, (byte) '?')));
            if (last) {
                out.write(' ');
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
