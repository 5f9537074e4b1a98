package dev.hapax.app.page;

import java.awt.Font;
import java.awt.Graphics2D;

/** Whether text can be drawn: a machine may have no fonts at all (a server with a bare JDK). */
public final class Fonts {
    private Fonts() {}

    /** Whether Java finds any. */
    public static boolean exist(Graphics2D graphics) {
        try {
            return graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                            .stringWidth("a")
                    > 0;
        } catch (Error | RuntimeException e) { // a bare Error is how Java says that there are none
            return false;
        }
    }
}
