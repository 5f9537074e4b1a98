package dev.hapax.diffusion;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;

/** A picture as PNG chunks: 8 bits per channel, red, green, blue, each row with the filter that suits it best. */
final class PngPixels {
    private static final int CHANNELS = 3;
    private static final int FILTERS = 5; // none, sub, up, average, Paeth: W3C PNG specification, section 9

    private PngPixels() {}

    static List<PngChunk> chunks(BufferedImage image) {
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(image.getWidth())
                .putInt(image.getHeight())
                .put((byte) 8) // bits
                .put((byte) 2) // colour type RGB; compression, filter method and interlacing are 0
                .put(new byte[3]);
        return List.of(new PngChunk("IHDR", header.array()), new PngChunk("IDAT", deflated(filtered(image))));
    }

    private static byte[] filtered(BufferedImage image) {
        int length = image.getWidth() * CHANNELS;
        ByteArrayOutputStream out = new ByteArrayOutputStream((length + 1) * image.getHeight());
        byte[] above = new byte[length];
        for (int y = 0; y < image.getHeight(); y++) {
            byte[] row = row(image, y);
            int best = 0;
            byte[] chosen = row;
            long least = Long.MAX_VALUE;
            for (int filter = 0; filter < FILTERS; filter++) {
                byte[] candidate = filter(filter, row, above);
                long size = magnitude(candidate);
                if (size < least) {
                    least = size;
                    best = filter;
                    chosen = candidate;
                }
            }
            out.write(best);
            out.writeBytes(chosen);
            above = row;
        }
        return out.toByteArray();
    }

    private static byte[] row(BufferedImage image, int y) {
        int width = image.getWidth();
        int[] colours = image.getRGB(0, y, width, 1, null, 0, width);
        byte[] row = new byte[width * CHANNELS];
        for (int x = 0; x < width; x++) {
            row[CHANNELS * x] = (byte) (colours[x] >> 16);
            row[CHANNELS * x + 1] = (byte) (colours[x] >> 8);
            row[CHANNELS * x + 2] = (byte) colours[x];
        }
        return row;
    }

    private static byte[] filter(int filter, byte[] row, byte[] above) {
        byte[] result = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            int left = i < CHANNELS ? 0 : row[i - CHANNELS] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = i < CHANNELS ? 0 : above[i - CHANNELS] & 0xFF;
            int predicted = switch (filter) {
                case 0 -> 0;
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                default -> paeth(left, up, corner);
            };
            result[i] = (byte) (row[i] - predicted);
        }
        return result;
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private static long magnitude(byte[] row) {
        long sum = 0;
        for (byte value : row) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
