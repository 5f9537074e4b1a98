package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The samplers by name. */
public final class Samplers {
    private static final Map<String, BiFunction<NoiseSchedule, SchedulerConfig, Sampler>> CLASSES = Map.ofEntries(
            Map.entry("DDPMScheduler", Ddpm::of),
            Map.entry("DDIMScheduler", Ddim::of),
            Map.entry("DDIMInverseScheduler", DdimInverse::of),
            Map.entry("PNDMScheduler", Pndm::of),
            Map.entry("LMSDiscreteScheduler", Lms::of),
            Map.entry("EulerDiscreteScheduler", Euler::of),
            Map.entry("EulerAncestralDiscreteScheduler", EulerAncestral::of),
            Map.entry("HeunDiscreteScheduler", Heun::of),
            Map.entry("DPMSolverMultistepScheduler", DpmSolver::of),
            Map.entry("DPMSolverSinglestepScheduler", DpmSolverSinglestep::of),
            Map.entry("UniPCMultistepScheduler", UniPc::of),
            Map.entry("LCMScheduler", Lcm::of),
            Map.entry("UnCLIPScheduler", UnClip::of));

    private static final Map<String, Map<String, Object>> NAMED = named();

    private Samplers() {}

    /**
     * The sampler that a {@code scheduler_config.json} names by {@code _class_name}.
     *
     * @throws CheckpointException if the class or a key is unknown
     */
    public static Sampler of(Config schedulerConfig) {
        SchedulerConfig config = SchedulerConfig.of(schedulerConfig);
        var maker = CLASSES.get(config.className());
        if (maker == null) {
            throw new CheckpointException(schedulerConfig.origin() + ": sampler class \"" + config.className()
                    + "\" is unknown; known are "
                    + String.join(", ", CLASSES.keySet().stream().sorted().toList()));
        }
        return maker.apply(config.schedule(), config);
    }

    /** The names that {@link #named} knows, in the order in which to offer them. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    /**
     * A sampler by a short name, for latents: nothing is clipped. It visits {@link TimestepSpacing#LEADING} timesteps
     * with an offset of 1, as Stable Diffusion does, or {@link TimestepSpacing#TRAILING} ones if the schedule ends in
     * pure noise, which must not be left out.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException naming the known ones
     */
    public static Sampler named(String name, NoiseSchedule schedule) {
        Map<String, Object> settings = new LinkedHashMap<>(settings(name));
        settings.putIfAbsent("timestep_spacing", schedule.endsInPureNoise() ? "trailing" : "leading");
        settings.putIfAbsent("steps_offset", 1);
        settings.putIfAbsent("clip_sample", false);
        settings.putIfAbsent("set_alpha_to_one", false);
        SchedulerConfig config = SchedulerConfig.of(Config.of(settings));
        return java.util.Objects.requireNonNull(CLASSES.get(config.className())).apply(schedule, config);
    }

    private static Map<String, Object> settings(String name) {
        Map<String, Object> settings = NAMED.get(name);
        if (settings == null) {
            throw new IllegalArgumentException(
                    "sampler \"" + name + "\" is unknown; known are " + String.join(", ", NAMED.keySet()));
        }
        return settings;
    }

    private static Map<String, Map<String, Object>> named() {
        String solver = "DPMSolverMultistepScheduler";
        Map<String, Map<String, Object>> named = new LinkedHashMap<>();
        named.put("ddim", Map.of("_class_name", "DDIMScheduler"));
        named.put("ddpm", Map.of("_class_name", "DDPMScheduler"));
        named.put("pndm", Map.of("_class_name", "PNDMScheduler", "skip_prk_steps", true));
        named.put("lms", Map.of("_class_name", "LMSDiscreteScheduler"));
        named.put("euler", Map.of("_class_name", "EulerDiscreteScheduler"));
        named.put("euler-ancestral", Map.of("_class_name", "EulerAncestralDiscreteScheduler"));
        named.put("heun", Map.of("_class_name", "HeunDiscreteScheduler"));
        named.put("dpm++2m", Map.of("_class_name", solver));
        named.put("dpm++2m-karras", Map.of("_class_name", solver, "use_karras_sigmas", true));
        named.put("dpm++2m-sde", Map.of("_class_name", solver, "algorithm_type", "sde-dpmsolver++"));
        named.put(
                "dpm++2m-sde-karras",
                Map.of("_class_name", solver, "algorithm_type", "sde-dpmsolver++", "use_karras_sigmas", true));
        named.put("dpm++3m", Map.of("_class_name", solver, "solver_order", 3));
        named.put("dpm++2s", Map.of("_class_name", "DPMSolverSinglestepScheduler"));
        named.put("unipc", Map.of("_class_name", "UniPCMultistepScheduler"));
        named.put("lcm", Map.of("_class_name", "LCMScheduler"));
        return java.util.Collections.unmodifiableMap(named);
    }
}
