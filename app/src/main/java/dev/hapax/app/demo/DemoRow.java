package dev.hapax.app.demo;

import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.Locale;

/**
 * One way of learning, to be compared with others.
 *
 * @param name as the paper's tables name it
 * @param method the method
 * @param regularisers what acts in it
 */
public record DemoRow(String name, MethodName method, McplSettings regularisers) {
    /** The name as a folder may have it. */
    String folderName() {
        return name.replaceAll("[^A-Za-z]+", "-").replaceAll("-$", "").toLowerCase(Locale.ROOT);
    }
}
