package dev.hapax.picturebook.check;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many pictures are right, by each criterion.
 *
 * @param all over all pictures; what is missing is wrong in every respect
 * @param wherePresent over the pictures in which both things are there
 */
public record Figures(Map<Criterion, Share> all, Map<Criterion, Share> wherePresent) {
    /** Keeps copies. */
    public Figures {
        all = Map.copyOf(all);
        wherePresent = Map.copyOf(wherePresent);
    }

    /** Counts. */
    public static Figures of(Collection<Verdict> verdicts) {
        List<Verdict> present = verdicts.stream().filter(Verdict::present).toList();
        Map<Criterion, Share> all = new EnumMap<>(Criterion.class);
        Map<Criterion, Share> wherePresent = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            all.put(criterion, criterion.of(verdicts));
            wherePresent.put(criterion, criterion.of(present));
        }
        return new Figures(all, wherePresent);
    }

    /** Over all pictures. */
    public Share of(Criterion criterion) {
        return all.getOrDefault(criterion, Share.NONE);
    }

    /** Over the pictures in which both things are there. */
    public Share wherePresent(Criterion criterion) {
        return wherePresent.getOrDefault(criterion, Share.NONE);
    }
}
