package dev.hapax.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who descends from whom, with the generations from the first on.
 *
 * @param members parents before their children
 */
public record FamilyTree(List<Member> members) {
    /** Its file in the folder of the family. */
    public static final String FILE = "family.json";

    /**
     * One of the family.
     *
     * @param name what it is called, which is also that of its folder
     * @param generation 0 for what was given
     * @param parents names
     * @param weights how much of each parent is in it
     * @param pictures what it looks like
     */
    public record Member(String name, int generation, List<String> parents, List<Double> weights, List<Path> pictures) {
        /** Copies the lists. */
        public Member {
            parents = List.copyOf(parents);
            weights = List.copyOf(weights);
            pictures = List.copyOf(pictures);
        }
    }

    /** Copies the list. */
    public FamilyTree {
        members = List.copyOf(members);
    }

    /** Those of a generation. */
    public List<Member> generation(int number) {
        return members.stream().filter(member -> member.generation() == number).toList();
    }

    /** The last generation. */
    public int last() {
        return members.stream().mapToInt(Member::generation).max().orElse(0);
    }

    /** Writes {@value #FILE} in a folder that is there; pictures in it are told from there, so that it may be moved. */
    public void write(Path folder) {
        ObjectNode node = RunRecord.object();
        ArrayNode all = node.putArray("members");
        for (Member member : members) {
            ObjectNode each = all.addObject();
            each.put("name", member.name());
            each.put("generation", member.generation());
            member.parents().forEach(each.putArray("parents")::add);
            member.weights().forEach(each.putArray("weights")::add);
            ArrayNode pictures = each.putArray("pictures");
            member.pictures()
                    .forEach(picture -> pictures.add(
                            picture.startsWith(folder)
                                    ? folder.relativize(picture).toString()
                                    : picture.toAbsolutePath().toString()));
        }
        AtomicFile.write(folder.resolve(FILE), RunRecord.bytes(node));
    }

    /**
     * Reads it.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if it is missing or damaged
     */
    public static FamilyTree read(Path folder) {
        List<Member> members = new ArrayList<>();
        for (JsonNode each : RunRecord.read(folder.resolve(FILE)).path("members")) {
            List<String> parents = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            List<Path> pictures = new ArrayList<>();
            each.path("parents").forEach(parent -> parents.add(parent.asText()));
            each.path("weights").forEach(weight -> weights.add(weight.asDouble()));
            each.path("pictures").forEach(picture -> pictures.add(folder.resolve(picture.asText())));
            members.add(new Member(
                    each.path("name").asText(), each.path("generation").asInt(), parents, weights, pictures));
        }
        return new FamilyTree(members);
    }
}
