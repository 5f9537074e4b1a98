package dev.hapax.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.evaluation.statistics.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A report as JSON; it can be read again. */
public final class ReportJson {
    private static final int FORMAT = 1;
    private static final String VERDICT = "verdict"; // of a claim, for readers; it follows from the interval
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private ReportJson() {}

    /** The text of a report, with all decimals. */
    public static String text(Report report) {
        ObjectNode all = JSON.createObjectNode().put("format", FORMAT);
        ObjectNode content = JSON.valueToTree(report);
        int i = 0;
        for (Claim claim : report.claims()) {
            ((ObjectNode) content.withArray("claims").get(i++))
                    .put(VERDICT, claim.verdict().words());
        }
        all.setAll(content);
        try {
            return JSON.writeValueAsString(all) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can be written", e);
        }
    }

    /**
     * The report in a file, or in the {@code report.json} of a folder.
     *
     * @throws CheckpointException if there is none, or it was written in another format
     */
    public static Report read(Path place) {
        Path file = Files.isDirectory(place) ? place.resolve(ReportFolder.JSON) : place;
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(
                    "there is no report in " + place + " (" + file + "); name the --out of an evaluation", e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CheckpointException(file + " is no report: " + firstLine(e), e);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The report that a text holds. */
    static Report parse(String text) throws JsonProcessingException {
        ObjectNode all = JSON.readValue(text, ObjectNode.class);
        JsonNode format = all.remove("format");
        if (format == null || format.asInt() != FORMAT) {
            throw new IllegalArgumentException("its format is " + format + ", this version of Hapax reads " + FORMAT
                    + "; write it again with this version");
        }
        all.withArray("claims").forEach(claim -> ((ObjectNode) claim).remove(VERDICT));
        return JSON.treeToValue(all, Report.class);
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
