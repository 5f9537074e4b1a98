package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** From the results of cells to tables, curves and verdicts. */
final class Scores {
    private static final int MOST_TOGETHER = 3; // more tables than two words make would bury the others

    private final Comparison comparison;
    private final List<Score> scores = new ArrayList<>();
    private final List<Planned> planned;

    /**
     * Takes the numbers out of the results.
     *
     * @param results in the order of {@code planned}
     */
    Scores(Comparison comparison, List<Planned> planned, List<GridResult> results) {
        this.comparison = comparison;
        this.planned = planned;
        for (int i = 0; i < planned.size(); i++) {
            Planned place = planned.get(i);
            JsonNode value = results.get(i).value();
            if (place.ask().isPresent()) {
                add(place, "", value);
            } else {
                value.properties().forEach(word -> add(place, word.getKey(), word.getValue()));
            }
        }
    }

    private void add(Planned place, String word, JsonNode value) {
        for (Figure figure : Figure.values()) {
            JsonNode number = value.path(WordWork.NUMBERS).path(figure.key());
            if (number.isNumber() && isAsked(figure, place)) {
                scores.add(new Score(place, word, figure, number.doubleValue()));
            }
        }
    }

    /** What a word leaks is seen where it stands alone and nothing else is asked for. */
    private static boolean isAsked(Figure figure, Planned place) {
        boolean ofWords = Figure.of(Figure.Part.WORDS).contains(figure);
        return !ofWords || place.ask().map(Ask::isAlone).orElse(true);
    }

    Report report() {
        List<Table> tables = new ArrayList<>();
        Predicate<Score> end = score -> score.place().atEnd();
        add(
                tables,
                "Words",
                "The words themselves: where they look, whether they draw their own thing, where they lie.",
                Figure.Part.WORDS,
                end);
        if (asks().anyMatch(ask -> ask.part().isEmpty())) {
            add(tables, "Images", "Everything that was drawn with the learned words.", Figure.Part.IMAGES, end);
        }
        parts(tables);
        byWords(tables);
        changes(tables);
        List<Curves> curves = new LearningCurves(comparison, this::sample).all();
        return new Report(comparison.title(), comparison.lead(), claims(), tables, curves, run());
    }

    private Stream<Ask> asks() {
        return comparison.entries().stream().flatMap(entry -> entry.asks().stream());
    }

    /** The images of each part of the evaluation. */
    private void parts(List<Table> tables) {
        asks().flatMap(ask -> ask.part().stream())
                .distinct()
                .forEach(part -> add(
                        tables,
                        part,
                        "",
                        Figure.Part.IMAGES,
                        score -> score.place().atEnd()
                                && score.place()
                                        .ask()
                                        .filter(ask -> ask.part().equals(Optional.of(part)))
                                        .isPresent()));
    }

    /** What each word draws alone, and what they draw together, where there are few of them. */
    private void byWords(List<Table> tables) {
        List<List<String>> together = asks().filter(ask -> ask.part().isEmpty())
                .map(Ask::words)
                .distinct()
                .toList();
        if (together.size() > 1 && together.size() <= MOST_TOGETHER) {
            for (List<String> words : together) {
                add(
                        tables,
                        "Images of " + String.join(" and ", words),
                        "Those whose prompt has " + String.join(" and ", words) + (words.size() == 1 ? " alone." : "."),
                        Figure.Part.IMAGES,
                        score -> score.place().atEnd() && score.isOf(words));
            }
        }
    }

    private void changes(List<Table> tables) {
        change(tables, "nothing", ask -> !ask.isEdit() && ask.things().isEmpty());
        change(tables, "another thing", ask -> !ask.isEdit() && !ask.things().isEmpty());
        change(tables, "another place", ask -> ask.place().isPresent());
        change(tables, "another style", ask -> ask.style().isPresent());
    }

    private void change(List<Table> tables, String wish, Predicate<Ask> wanted) {
        add(
                tables,
                "What changes when the prompt asks for " + wish,
                "Shares of images that differ from the picture, as Picturebook's attribute reader sees them. Only what was"
                        + " asked for should change.",
                Figure.Part.CHANGES,
                score -> score.place().atEnd()
                        && score.place().ask().filter(wanted).isPresent());
    }

    private void add(List<Table> tables, String name, String text, Figure.Part part, Predicate<Score> wanted) {
        List<Row> rows = new ArrayList<>();
        TreeSet<Figure> measured = new TreeSet<>();
        for (String variant : variants()) {
            Map<String, Interval> figures = new LinkedHashMap<>();
            for (Figure figure : Figure.of(part)) {
                sample(variant, figure, wanted).ifPresent(sample -> {
                    figures.put(figure.measure().name(), Bootstrap.DEFAULT.mean(sample));
                    measured.add(figure);
                });
            }
            rows.add(new Row(variant, figures));
        }
        if (!measured.isEmpty()) {
            List<Measure> measures = measured.stream().map(Figure::measure).toList();
            tables.add(new Table(name, text, "words learned by", measures, rows));
        }
    }

    private List<String> variants() {
        return comparison.entries().stream().map(Entry::variant).distinct().toList();
    }

    private Optional<Sample> sample(String variant, Figure figure, Predicate<Score> wanted) {
        List<Observation> values = scores.stream()
                .filter(score -> score.figure() == figure
                        && score.place().entry().variant().equals(variant)
                        && wanted.test(score))
                .map(score -> new Observation(score.key(), score.group(comparison.unit()), score.value()))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
    }

    /** Claims about what could not be measured are left out. */
    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (Promise promise : comparison.promises()) {
            Predicate<Score> end = score ->
                    score.place().atEnd() && promise.isAbout(score.place().ask());
            Optional<Sample> better = sample(promise.better(), promise.figure(), end);
            Optional<Sample> worse = sample(promise.worse(), promise.figure(), end);
            if (better.isPresent() && worse.isPresent()) {
                Interval difference = Bootstrap.DEFAULT.mean(better.get().minus(worse.get()));
                claims.add(new Claim(promise.text(), promise.source(), difference));
            }
        }
        return claims;
    }

    private Map<String, String> run() {
        Map<String, String> run = new LinkedHashMap<>(comparison.settings());
        Ground ground = comparison.ground();
        run.put("model", ground.model() + ", sha256 " + ground.modelHash());
        ground.judges().forEach((judge, hash) -> run.put("judge " + judge, "sha256 " + hash));
        run.putAll(learning());
        comparison.entries().stream()
                .map(Entry::subject)
                .distinct()
                .forEach(subject -> run.put(subject.name(), subject.text()));
        run.put("drawing", comparison.drawing().text());
        run.put("cells", String.valueOf(planned.size()));
        return run;
    }

    /** One line if all variants are learned alike, otherwise one for each. */
    private Map<String, String> learning() {
        Map<String, String> lines = new LinkedHashMap<>();
        comparison.courses().forEach((variant, course) -> lines.put("learning " + variant, course.text()));
        return Set.copyOf(lines.values()).size() == 1
                ? Map.of("learning", lines.values().iterator().next())
                : lines;
    }
}
