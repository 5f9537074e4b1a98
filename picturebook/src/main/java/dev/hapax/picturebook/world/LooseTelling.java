package dev.hapax.picturebook.world;

import java.util.List;
import java.util.SplittableRandom;

/** Tells a scene the way people do: true, but now this, now that is left out or said in other words. */
final class LooseTelling {

    private static final double PLAINEST = 0.6;
    private static final double TURN = 0.35;
    private static final double NAME_COLOR = 0.88;
    private static final double NAME_PATTERN = 0.75;
    private static final double NAME_PLAIN = 0.06;
    private static final double NAME_FAMILY = 0.08;

    private final SplittableRandom random;

    LooseTelling(SplittableRandom random) {
        this.random = random;
    }

    String text(Scene scene) {
        StringBuilder text = new StringBuilder(pick(Wording.openings(scene.style())));
        if (scene.isPair()) {
            boolean turned = chance(TURN);
            Relation relation = turned ? scene.relation().inverse() : scene.relation();
            text.append(noun(scene.things().get(turned ? 1 : 0)))
                    .append(' ')
                    .append(pick(Wording.links(relation)))
                    .append(' ')
                    .append(noun(scene.things().get(turned ? 0 : 1)));
        } else {
            text.append(noun(scene.things().get(0)));
        }
        return text.append(pick(Wording.endings(scene.background()))).toString();
    }

    private String noun(Thing thing) {
        StringBuilder words = new StringBuilder();
        Look look = thing.look();
        if (chance(NAME_COLOR)) {
            words.append(look.color().word()).append(' ');
        }
        if (chance(look.pattern() == Pattern.PLAIN ? NAME_PLAIN : NAME_PATTERN)) {
            words.append(look.pattern().word()).append(' ');
        }
        words.append(
                chance(NAME_FAMILY)
                        ? thing.kind().category().noun()
                        : thing.kind().word());
        return Wording.withArticle(words.toString());
    }

    private String pick(List<String> ways) {
        return chance(PLAINEST) ? ways.get(0) : ways.get(random.nextInt(ways.size()));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
