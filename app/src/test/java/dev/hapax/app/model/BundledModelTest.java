package dev.hapax.app.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelTest {
    @TempDir
    private Path folder;

    @Test
    void aModelIsUnpackedOnceAndWhole() throws IOException {
        Path cache = folder.resolve("cache");
        Path first;
        try (JarFile jar = jar("one")) {
            first = BundledModel.unpack(jar, cache);
            assertEquals("one", Files.readString(first.resolve("unet").resolve("config.json")));
            assertEquals(first, BundledModel.unpack(jar, cache));
        }
        try (JarFile other = jar("two")) {
            assertNotEquals(first, BundledModel.unpack(other, cache), "other content, other folder");
        }
        try (Stream<Path> entries = Files.list(cache)) {
            assertEquals(2, entries.count(), "nothing half-done is left");
        }
    }

    private JarFile jar(String content) throws IOException {
        Path file = folder.resolve(content + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("dev/hapax/picturebook/model/unet/config.json"));
            jar.write(content.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry("dev/hapax/picturebook/Other.class"));
        }
        return new JarFile(file.toFile());
    }
}
