package dev.hapax.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.method.conceptlab.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code negatives.jsonl}: one line for each question, whole on the disk after each. */
final class QuestionLog {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /** The log of a run that goes on before a step; what a killed run wrote from there on is asked again. */
    QuestionLog(Path file, long step) {
        this.file = file;
        try {
            if (step > 0 && Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (new com.fasterxml.jackson.databind.ObjectMapper()
                                    .readTree(line)
                                    .path("step")
                                    .asLong()
                            < step) {
                        lines.add(line);
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + " is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void add(Question question) {
        ObjectNode node = RunRecord.object();
        node.put("step", question.step());
        node.put("question", question.text());
        node.put("image", question.image());
        ArrayNode answers = node.putArray("answers");
        question.answers().forEach(answer -> {
            ObjectNode each = answers.addObject();
            each.put("answer", answer.text());
            each.put("confidence", answer.confidence());
        });
        node.put("verdict", question.verdict().toString().toLowerCase(Locale.ROOT));
        question.named().ifPresent(name -> node.put("named", name));
        lines.add(node.toString());
        AtomicFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
