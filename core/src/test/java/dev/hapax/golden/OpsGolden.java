package dev.hapax.golden;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.nn.Sinusoid;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ops/ops.safetensors}: single operations with their gradients, those that the library has. */
final class OpsGolden implements GoldenCheck {
    /** One operation of the file: its inputs, what the file says about it, and the shape it must give. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(List<Tensor> in, String attributes, long[] shape) {
        Tensor x() {
            return in.get(0);
        }

        Tensor convolution(Tensor image, int padding) {
            Tensor bias = in.size() > 2 ? in.get(2) : null;
            return Functional.conv2d(image, in.get(1), bias, (int) number("stride (\\d+)", 1), padding);
        }

        Tensor groupNorm() {
            return Functional.groupNorm(
                    x(), (int) number("(\\d+) groups", 0), in.get(1), in.get(2), number("eps (\\S+)", 0));
        }

        /** The number that the attributes give where {@code pattern} has its group. */
        double number(String pattern, double otherwise) {
            Matcher matcher = Pattern.compile(pattern).matcher(attributes);
            return matcher.find() ? Double.parseDouble(matcher.group(1)) : otherwise;
        }
    }

    private interface Operation {
        Tensor of(Case given);
    }

    private static final Map<String, Operation> OPS = Map.ofEntries(
            entry("conv3x3", c -> c.convolution(c.x(), (int) c.number("pad (\\d+)", 0))),
            entry("conv3x3s2", c -> c.convolution(c.x(), (int) c.number("pad (\\d+)", 0))),
            entry("conv3x3s2_vae", c -> c.convolution(Functional.pad(c.x(), 0, 1, 0, 1, 0), 0)),
            entry("conv1x1", c -> c.convolution(c.x(), 0)),
            entry("conv_patch", c -> c.convolution(c.x(), 0)),
            entry("group_norm", Case::groupNorm),
            entry("group_norm5", Case::groupNorm),
            entry(
                    "layer_norm",
                    c -> Functional.layerNorm(c.x(), c.in().get(1), c.in().get(2), c.number("eps (\\S+)", 0))),
            entry("linear", c -> Functional.linear(c.x(), c.in().get(1), c.in().get(2))),
            entry("silu", c -> Functional.silu(c.x())),
            entry("gelu", c -> Functional.gelu(c.x())),
            entry("avgpool2", c -> Functional.averagePool2d(c.x(), 2)),
            entry("gelu_tanh", c -> Functional.geluTanh(c.x())),
            entry("quick_gelu", c -> Functional.quickGelu(c.x())),
            entry("sigmoid", c -> c.x().sigmoid()),
            entry("softmax", c -> c.x().softmax(-1)),
            entry("log_softmax", c -> c.x().logSoftmax(-1)),
            entry("logsumexp", c -> c.x().exp().sum(false, -1).log()),
            entry("l2norm", c -> ClipModel.normalised(c.x())),
            entry("geglu", c -> {
                List<Tensor> halves = c.x().chunk(2, -1);
                return halves.get(0).times(Functional.gelu(halves.get(1)));
            }),
            entry("nearest2x", c -> Functional.resizeNearest(c.x(), c.shape()[2], c.shape()[3])),
            entry("nearest_size", c -> Functional.resizeNearest(c.x(), c.shape()[2], c.shape()[3])),
            entry("bilinear", c -> Functional.resizeBilinear(c.x(), c.shape()[2], c.shape()[3])),
            entry("bilinear_down", c -> Functional.resizeBilinear(c.x(), c.shape()[2], c.shape()[3])),
            entry("attention", c -> Functional.attention(c.x(), c.in().get(1), c.in().get(2), null)),
            entry("attention_causal", c -> {
                Tensor later = Tensor.ones(
                                DType.FLOAT32, c.x().size(2), c.in().get(1).size(2))
                        .upperTriangle(1)
                        .times(-30000);
                return Functional.attention(c.x(), c.in().get(1), c.in().get(2), later);
            }),
            entry("mse", c -> c.x().minus(c.in().get(1)).square().mean().reshape(1)),
            entry(
                    "cosine",
                    c -> ClipModel.normalised(c.x())
                            .times(ClipModel.normalised(c.in().get(1)))
                            .sum(false, -1)),
            entry("gram", c -> {
                Tensor rows = c.x().reshape(c.x().size(0), c.x().size(1), -1); // (b, channels, pixels)
                return rows.matmul(rows.transpose(1, 2)).over((double) rows.size(2));
            }));
    // the traces of optimisers belong to another check; the others are operations that no model here uses
    private static final Set<String> LEFT_OUT = Set.of("bicubic", "infonce");
    private static final Set<String> ELSEWHERE = Set.of("opt", "timestep");

    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("ops.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Set<String> names = new TreeSet<>();
            golden.names().forEach(name -> names.add(name.substring(0, name.indexOf('.'))));
            names.removeAll(ELSEWHERE);
            JsonNode attributes = new ObjectMapper().readTree(golden.metadata().get("ops"));
            for (String name : names) {
                if (LEFT_OUT.contains(name)) {
                    report.leftOut(name);
                } else {
                    compare(name, attributes.path(name).asText(), golden, report);
                }
            }
            Tensor times = golden.tensor("timestep.t");
            int width = (int) golden.shape("timestep.flip_shift0")[1];
            int odd = (int) golden.shape("timestep.odd")[1];
            compareTimes("flip_shift0", new Sinusoid(width, true, 0).apply(times), golden, report);
            compareTimes("noflip_shift1", new Sinusoid(width, false, 1).apply(times), golden, report);
            compareTimes("odd", new Sinusoid(odd, true, 0).apply(times), golden, report);
        }
    }

    private static void compareTimes(String name, Tensor ours, SafetensorsFile golden, GoldenReport report) {
        report.compare("timestep." + name, ours, golden.tensor("timestep." + name));
    }

    private static void compare(String name, String attributes, SafetensorsFile golden, GoldenReport report) {
        Operation op = OPS.get(name);
        if (op == null) {
            throw new AssertionError("operation " + name + " is new to this check");
        }
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; golden.names().contains(name + ".in" + i); i++) {
            inputs.add(golden.tensor(name + ".in" + i).copy().requiresGrad(true));
        }
        Tensor out = op.of(new Case(inputs, attributes, golden.shape(name + ".out")));
        report.compare(name + ".out", out, golden.tensor(name + ".out"));
        List<Tensor> gradients = Gradients.of(out, golden.tensor(name + ".g"), inputs, false);
        for (int i = 0; i < inputs.size(); i++) {
            if (golden.names().contains(name + ".grad." + i)) {
                report.compare(name + ".grad." + i, gradients.get(i), golden.tensor(name + ".grad." + i));
            }
        }
    }
}
