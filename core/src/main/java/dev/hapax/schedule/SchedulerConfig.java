package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.List;
import java.util.Set;

/**
 * A {@code scheduler_config.json} as diffusers writes it, with the defaults that its class has there. A file may carry
 * keys of other sampler classes, because pipelines swap them; a key that no class has is an error.
 */
record SchedulerConfig(Config config, String className) {
    private static final Set<String> KNOWN = Set.of(
            "algorithm_type",
            "beta_end",
            "beta_schedule",
            "beta_start",
            "clip_sample",
            "clip_sample_range",
            "disable_corrector",
            "dynamic_thresholding_ratio",
            "euler_at_final",
            "final_sigmas_type",
            "flow_shift",
            "interpolation_type",
            "lambda_min_clipped",
            "lower_order_final",
            "noise_sampler_seed",
            "num_train_timesteps",
            "original_inference_steps",
            "predict_epsilon",
            "predict_x0",
            "prediction_type",
            "rescale_betas_zero_snr",
            "sample_max_value",
            "set_alpha_to_one",
            "sigma_data",
            "sigma_max",
            "sigma_min",
            "skip_prk_steps",
            "solver_order",
            "solver_p",
            "solver_type",
            "steps_offset",
            "tensor_format",
            "thresholding",
            "time_shift_type",
            "timestep_scaling",
            "timestep_spacing",
            "timestep_type",
            "trained_betas",
            "use_beta_sigmas",
            "use_dynamic_shifting",
            "use_exponential_sigmas",
            "use_flow_sigmas",
            "use_karras_sigmas",
            "use_lu_lambdas",
            "variance_type");
    private static final List<String> UNSUPPORTED =
            List.of("use_beta_sigmas", "use_dynamic_shifting", "use_flow_sigmas", "use_lu_lambdas");

    /**
     * Checks the keys.
     *
     * @throws CheckpointException if a key is unknown or asks for what is not supported here
     */
    static SchedulerConfig of(Config config) {
        config.rejectUnknown(KNOWN);
        for (String key : UNSUPPORTED) {
            if (config.flag(key, false)) {
                throw new CheckpointException(config.origin() + ": \"" + key + "\" is not supported; set it to false");
            }
        }
        if (config.has("solver_p")) {
            throw new CheckpointException(config.origin() + ": \"solver_p\" is not supported; remove it");
        }
        return new SchedulerConfig(config, config.text("_class_name", ""));
    }

    NoiseSchedule schedule() {
        PredictionType prediction = prediction();
        NoiseSchedule schedule = config.has("trained_betas") ? trained(prediction) : formula(prediction);
        return config.flag("rescale_betas_zero_snr", false) ? schedule.withZeroTerminalSnr() : schedule;
    }

    /** Old files say {@code predict_epsilon} instead: if it is false, the model predicts the sample. */
    private PredictionType prediction() {
        String old = config.flag("predict_epsilon", true) ? "epsilon" : "sample";
        String key = config.text("prediction_type", old);
        if (config.has("predict_epsilon") && !key.equals(old)) {
            throw new CheckpointException(config.origin() + ": \"predict_epsilon\" says that the model predicts " + old
                    + ", \"prediction_type\" says " + key + "; remove the wrong one");
        }
        return PredictionType.of(key);
    }

    private NoiseSchedule trained(PredictionType prediction) {
        List<Double> numbers = config.numbers("trained_betas");
        float[] betas = new float[numbers.size()];
        for (int t = 0; t < betas.length; t++) {
            betas[t] = numbers.get(t).floatValue();
        }
        return NoiseSchedule.ofBetas(betas, prediction);
    }

    private NoiseSchedule formula(PredictionType prediction) {
        boolean latentDefaults = className.equals("HeunDiscreteScheduler") || className.equals("LCMScheduler");
        String formula = className.equals("LCMScheduler")
                ? "scaled_linear"
                : className.equals("UnCLIPScheduler") ? "squaredcos_cap_v2" : "linear";
        return NoiseSchedule.of(
                BetaSchedule.of(config.text("beta_schedule", formula)),
                config.integer("num_train_timesteps", 1000),
                config.number("beta_start", latentDefaults ? 0.00085 : 0.0001),
                config.number("beta_end", latentDefaults ? 0.012 : 0.02),
                prediction);
    }

    TimestepSpacing spacing(TimestepSpacing otherwise) {
        return config.optionalText("timestep_spacing").map(TimestepSpacing::of).orElse(otherwise);
    }

    int offset() {
        return config.integer("steps_offset", 0);
    }

    /** Thresholding before clipping before nothing, as in diffusers. */
    Clipping clipping(boolean clipByDefault) {
        if (config.flag("thresholding", false)) {
            return new Clipping.Dynamic(
                    config.number("dynamic_thresholding_ratio", 0.995), config.number("sample_max_value", 1));
        }
        return config.flag("clip_sample", clipByDefault)
                ? new Clipping.Range(config.number("clip_sample_range", 1))
                : Clipping.NONE;
    }

    /** Solvers only know thresholding. */
    Clipping clippingOfSolver() {
        return config.flag("thresholding", false) ? clipping(false) : Clipping.NONE;
    }

    /** How the noise levels are spread. */
    SigmaSpacing sigmaSpacing() {
        boolean karras = config.flag("use_karras_sigmas", false);
        boolean exponential = config.flag("use_exponential_sigmas", false);
        if (karras && exponential) {
            throw new CheckpointException(
                    config.origin() + ": only one of use_karras_sigmas and use_exponential_sigmas can be true");
        }
        return karras ? SigmaSpacing.KARRAS : exponential ? SigmaSpacing.EXPONENTIAL : SigmaSpacing.TIMESTEPS;
    }

    /** Whether the last step ends at no noise at all; otherwise at the least noise of the schedule. */
    boolean endsAtZero() {
        return choice("final_sigmas_type", "zero", "sigma_min").equals("zero");
    }

    /** The value of {@code key}, which must be one of these; the first is the default. */
    String choice(String key, String... allowed) {
        String value = config.text(key, allowed[0]);
        if (!List.of(allowed).contains(value)) {
            throw new CheckpointException(config.origin() + ": \"" + key + "\" must be one of "
                    + String.join(", ", allowed) + "; got \"" + value + "\"");
        }
        return value;
    }

    boolean flag(String key, boolean otherwise) {
        return config.flag(key, otherwise);
    }

    int integer(String key, int otherwise) {
        return config.integer(key, otherwise);
    }

    double number(String key, double otherwise) {
        return config.number(key, otherwise);
    }
}
