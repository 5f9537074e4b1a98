package dev.hapax.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.learning.PictureFile;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.text.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Breeds words over generations (Richardson et al. 2024, section 3.3): pictures of the parents are mixed through the prior,
 * the child is drawn, and its pictures are parents in turn. Each child is a folder with a word; what is done already is
 * kept, so a family that was interrupted goes on.
 */
public final class Breeding {
    /**
     * How a family is bred.
     *
     * @param startsFrom what every word starts from, told from the pictures of the given parents
     * @param contexts that words are put into
     * @param weights of the given parents in the first generation; empty for siblings between two parents, or all alike
     * @param generations at least 1
     * @param children of each generation, at least 1
     * @param pace of each child
     */
    public record Plan(
            Function<List<Path>, String> startsFrom,
            List<Context> contexts,
            List<Double> weights,
            int generations,
            int children,
            LearnRequest.Pace pace) {
        /** Copies the lists and checks the numbers. */
        public Plan {
            contexts = List.copyOf(contexts);
            weights = List.copyOf(weights);
            if (generations < 1 || children < 1) {
                throw new IllegalArgumentException("a family needs at least one generation and one child in each, got "
                        + generations + " and " + children);
            }
        }
    }

    private static final Pattern CHILD = Pattern.compile("g\\d+-\\d+");

    private final PriorModel prior;
    private final Portraits portraits;
    private final Plan plan;
    private final Path folder;
    private final InstantSource clock;

    /** Prepares a family in a folder. */
    public Breeding(PriorModel prior, Portraits portraits, Plan plan, Path folder, InstantSource clock) {
        this.prior = prior;
        this.portraits = portraits;
        this.plan = plan;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Breeds all generations.
     *
     * @param given folders of pictures, or of a word each, which is drawn
     * @param grown hears of the tree whenever somebody was added
     * @param listener hears of the learning of each child
     * @throws CheckpointException if a folder has neither pictures nor a word
     */
    public FamilyTree run(List<Path> given, Consumer<FamilyTree> grown, Inventing.Listener listener) {
        if (given.size() < 2) {
            throw new IllegalArgumentException("a family needs at least two parents, got " + given);
        }
        List<FamilyTree.Member> members = new ArrayList<>();
        for (Path parent : given) {
            members.add(founder(parent, members));
        }
        String start = plan.startsFrom()
                .apply(members.stream()
                        .flatMap(member -> member.pictures().stream())
                        .toList());
        for (int generation = 1; generation <= plan.generations(); generation++) {
            List<FamilyTree.Member> before = new FamilyTree(members).generation(generation - 1);
            for (int child = 0; child < plan.children(); child++) {
                List<FamilyTree.Member> parents = parents(members, before, generation, child);
                members.add(child(parents, start, generation, child, listener));
                FamilyTree tree = new FamilyTree(members);
                tree.write(folder);
                grown.accept(tree);
            }
        }
        return new FamilyTree(members);
    }

    private FamilyTree.Member founder(Path parent, List<FamilyTree.Member> others) {
        String name = name(parent.toAbsolutePath().normalize(), others);
        List<Path> own = Portraits.pictures(parent);
        if (own.isEmpty()) {
            requireWord(parent);
            Path inside = new RunFolder(parent).pictures();
            own = Portraits.pictures(inside);
            if (own.isEmpty()) {
                own = portraits.of(
                        parent,
                        folder.resolve("parents").resolve(name),
                        plan.pace().seed());
            }
        }
        return new FamilyTree.Member(name, 0, List.of(), List.of(), own);
    }

    /** That of the folder, with more where somebody else is called so; {@code g1-1} of another family gets its name. */
    private static String name(Path parent, List<FamilyTree.Member> others) {
        Path place = parent;
        String own = String.valueOf(place.getFileName());
        while (CHILD.matcher(own).matches() && place.getParent() != null) {
            place = place.getParent();
            own = place.getFileName() + "-" + own;
        }
        String name = own;
        for (int i = 2; isTaken(name, others); i++) {
            name = own + "-" + i;
        }
        return name;
    }

    private static boolean isTaken(String name, List<FamilyTree.Member> others) {
        return others.stream().anyMatch(other -> other.name().equals(name));
    }

    private static void requireWord(Path parent) {
        boolean word = false;
        if (Files.isDirectory(parent)) {
            try (Stream<Path> files = Files.list(parent)) {
                word = files.anyMatch(file -> file.toString().endsWith(".safetensors"));
            } catch (IOException e) {
                throw new CheckpointException(parent + " cannot be listed: " + e.getMessage(), e);
            }
        }
        if (!word) {
            throw new CheckpointException(
                    "the parent folder " + parent + " has no pictures and no word; put pictures"
                            + " (.png, .jpg) of one thing there, or name a folder that hapax learn or hapax invent has written");
        }
    }

    /** All that were given; later the neighbours of the last generation, and a founder beside an only child. */
    private List<FamilyTree.Member> parents(
            List<FamilyTree.Member> members, List<FamilyTree.Member> before, int generation, int child) {
        if (generation == 1) {
            return before;
        }
        if (before.size() == 1) {
            return List.of(before.get(0), members.get(child % 2));
        }
        return List.of(before.get(child % before.size()), before.get((child + 1) % before.size()));
    }

    private List<Double> weights(int parents, int generation, int child) {
        if (generation > 1 || parents != 2 && plan.weights().isEmpty()) {
            return Weighting.of(List.of(), parents).weights();
        }
        if (!plan.weights().isEmpty()) {
            return Weighting.of(plan.weights(), parents).weights();
        }
        double second = (child + 1.0) / (plan.children() + 1);
        return List.of(1 - second, second);
    }

    private FamilyTree.Member child(
            List<FamilyTree.Member> parents, String start, int generation, int child, Inventing.Listener listener) {
        String name = "g" + generation + "-" + (child + 1);
        RunFolder own = new RunFolder(folder.resolve(name));
        List<Double> weights = weights(parents.size(), generation, child);
        long seed = plan.pace().seed() + 1000L * generation + child;
        List<Path> places = new ArrayList<>();
        for (FamilyTree.Member parent : parents) {
            Path first = parent.pictures().get(0).toAbsolutePath();
            places.add(parent.pictures().size() == 1 ? first : first.getParent());
        }
        InventRequest request = new InventRequest(
                Word.of("<" + name + ">", start),
                plan.contexts(),
                List.of(portraits.context()),
                new InventRequest.Child(places, new Weighting(weights, false)),
                new LearnRequest.Pace(
                        plan.pace().steps(), plan.pace().rate(), plan.pace().batch(), seed, 0));
        if (!isFinished(own, request)) {
            Learning.Options options =
                    new Learning.Options(Learning.Options.DEFAULT.saveEvery(), 0, Files.exists(own.record()));
            new Inventing(portraits.illustrator(), prior, request, own, clock, Optional.empty()).run(options, listener);
        }
        List<Path> pictures = portraits.of(own.root(), own.pictures(), seed);
        return new FamilyTree.Member(
                name, generation, parents.stream().map(FamilyTree.Member::name).toList(), weights, pictures);
    }

    /**
     * Whether a child is there already.
     *
     * @throws IllegalArgumentException if it is another one, bred from other pictures or with other settings
     */
    private boolean isFinished(RunFolder run, InventRequest request) {
        if (!Files.exists(run.record())) {
            return false;
        }
        JsonNode record = RunRecord.read(run.record());
        if (!record.path("finished").asBoolean()) {
            return false; // and to go on compares them
        }
        List<PictureFile> pictures = PictureFile.readAll(((InventRequest.Child) request.goal()).parents());
        ObjectNode settings = InventRecord.settings(
                request, Optional.empty(), pictures, portraits.illustrator(), prior, Optional.empty());
        String difference = RunRecord.difference(record.path("settings"), settings);
        long steps = record.path("steps").asLong();
        if (!difference.isEmpty() || steps != request.pace().steps()) {
            throw new IllegalArgumentException("the child in " + run.root() + " was bred otherwise: "
                    + (difference.isEmpty()
                            ? steps + " steps and not " + request.pace().steps()
                            : difference)
                    + "; give the same parents and settings, remove the child and its descendants, or choose another"
                    + " --out");
        }
        return true;
    }
}
