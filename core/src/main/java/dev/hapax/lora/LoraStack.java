package dev.hapax.lora;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several LoRAs on their way into one model: {@linkplain #open opened}, put {@linkplain #over over} the weights of each
 * part while the model is built, then {@linkplain #finish checked}.
 */
public final class LoraStack implements AutoCloseable {
    private final List<LoraFile> files = new ArrayList<>();
    private final List<AppliedLora> loras = new ArrayList<>();
    private final Map<String, LoraWeights> weights = new TreeMap<>();

    private LoraStack() {}

    /**
     * Opens the files.
     *
     * @param parts the parts of the model that can be changed
     * @throws CheckpointException if a file cannot be read, two are the same, or one changes a part that is not there
     */
    public static LoraStack open(List<WeightedLora> wanted, Set<String> parts) {
        LoraStack stack = new LoraStack();
        try {
            for (WeightedLora lora : wanted) {
                LoraFile file = LoraFile.open(lora.path());
                stack.files.add(file);
                requireParts(file, parts);
                stack.add(new AppliedLora(file.name(), lora.weight(), file.hash()), file);
            }
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void add(AppliedLora lora, LoraFile file) {
        for (int i = 0; i < loras.size(); i++) {
            if (loras.get(i).hash().equals(lora.hash())) {
                throw new CheckpointException(files.get(i).path() + " and " + file.path()
                        + " are the same LoRA; give it once, with one weight");
            }
        }
        loras.add(lora);
    }

    private static void requireParts(LoraFile file, Set<String> parts) {
        for (String part : file.parts()) {
            if (!parts.contains(part)) {
                throw new CheckpointException(
                        file.path() + " changes a " + part + ", this model has " + parts + file.fits());
            }
        }
    }

    /**
     * The weights of a part with every LoRA added. They live until this is closed.
     *
     * @throws CheckpointException if a LoRA names a module that the part does not have
     */
    public Weights.Source over(String part, Weights.Source base) {
        List<LoraChange> changes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            changes.add(files.get(i).on(part, base.names(), loras.get(i).weight()));
        }
        LoraWeights sum = new LoraWeights(base, changes);
        weights.put(part, sum);
        return sum;
    }

    /**
     * Tells what each LoRA has changed, when all parts are built, and closes the files.
     *
     * @throws CheckpointException if one has changed nothing
     */
    public List<LoraReport> finish() {
        List<LoraReport> reports = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            reports.add(report(i));
        }
        files.forEach(LoraFile::close);
        files.clear();
        return reports;
    }

    private LoraReport report(int index) {
        LoraFile file = files.get(index);
        List<LoraReport.Effect> effects = new ArrayList<>();
        weights.forEach((part, sum) -> {
            LoraChange change = sum.changes().get(index);
            if (!change.factors().isEmpty()) {
                effects.add(sum.effect(part, change));
            }
        });
        if (effects.stream().allMatch(effect -> effect.weights() == 0)) {
            boolean zero = effects.stream().allMatch(effect -> effect.change() == 0);
            throw new CheckpointException(file.path() + " changes nothing: all its " + file.tensors()
                    + " tensors matched, but "
                    + (zero
                            ? "every product of factors is zero; has it been trained?"
                            : "the change is less than what the weights are rounded to; give it more weight than "
                                    + loras.get(index).weight()));
        }
        return new LoraReport(loras.get(index), file.tensors(), effects);
    }

    /** Frees the changed weights, and the files if they are still open. */
    @Override
    public void close() {
        files.forEach(LoraFile::close);
        files.clear();
        weights.values().forEach(LoraWeights::close);
        weights.clear();
    }
}
