package dev.hapax.vision;

/**
 * How an image is brought to another size, with the filters of Pillow (the imaging library behind the reference
 * preprocessing): a kernel stretched over the source pixels when shrinking, so nothing aliases. {@link #NEAREST} alone
 * picks single pixels.
 */
public enum Resampling {
    NEAREST(0),
    BOX(0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    BILINEAR(1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** Keys 1981, with the parameter a = -0.5. */
    BICUBIC(2) {
        @Override
        double weight(double x) {
            double d = Math.abs(x);
            if (d < 1) {
                return (1.5 * d - 2.5) * d * d + 1;
            }
            return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
        }
    },
    /** A sinc windowed by the middle of another one, three lobes on each side. */
    LANCZOS(3) {
        @Override
        double weight(double x) {
            return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
        }

        private double sinc(double x) {
            return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        }
    };

    /** Half the kernel's width in source pixels, when not shrinking. */
    final double support;

    Resampling(double support) {
        this.support = support;
    }

    /** The kernel; {@link #NEAREST} copies single pixels and weighs none. */
    double weight(double x) {
        throw new IllegalStateException(this + " has no kernel");
    }

    /**
     * The filter that a processor's {@code resample} number stands for.
     *
     * @throws IllegalArgumentException if it is none of 0, 1, 2, 3, 4
     */
    public static Resampling ofNumber(int number) {
        return switch (number) { // PIL.Image.Resampling
            case 0 -> NEAREST;
            case 1 -> LANCZOS;
            case 2 -> BILINEAR;
            case 3 -> BICUBIC;
            case 4 -> BOX;
            default ->
                throw new IllegalArgumentException("unknown resample number " + number + "; known: 0 nearest,"
                        + " 1 Lanczos, 2 bilinear, 3 bicubic, 4 box");
        };
    }
}
