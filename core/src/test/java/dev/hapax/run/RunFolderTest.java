package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFolderTest {
    @Test
    void everyWordHasAFileThatEveryDiskCanHold() {
        List<String> names = new RunFolder(Path.of("x"))
                .wordFiles(List.of("<a>", "<A>", "a", "<../b>", "*", "<con>", "<кот>", "<a-2>")).values().stream()
                        .map(file -> file.getFileName().toString())
                        .toList();
        assertEquals(
                List.of(
                        "a.safetensors",
                        "A-2.safetensors",
                        "a-3.safetensors",
                        "b.safetensors",
                        "word-.safetensors",
                        "word-con.safetensors",
                        "кот.safetensors",
                        "a-2-2.safetensors"),
                names);
    }
}
