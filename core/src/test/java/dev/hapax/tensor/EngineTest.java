package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void workWithOtherThreadsGivesThemBack() {
        int before = Engine.threads();
        assertEquals(before + 1, Engine.withThreads(before + 1, Engine::threads));
        assertEquals(before, Engine.threads());
        assertThrows(
                IllegalArgumentException.class,
                () -> Engine.withThreads(before + 1, () -> {
                    Engine.setThreads(0);
                    return 0;
                }));
        assertEquals(before, Engine.threads());
    }
}
