package io.fengsui.edge.vision.model;

import java.util.List;

/**
 * What a detector wants to be given: one picture as planes of floats (NCHW), each value {@code (x - mean) / std} of a
 * byte.
 *
 * @param name of the network's input
 * @param width it was made for, pixels
 * @param height it was made for, pixels
 * @param sizeMultiple other sizes are allowed when both sides are multiples of this; 0 when the size is fixed
 * @param mean of each channel, in the order of {@code colour}
 * @param std of each channel, in the order of {@code colour}
 * @param pad byte value around the picture
 */
public record InputSpec(
        String name,
        int width,
        int height,
        int sizeMultiple,
        Colour colour,
        List<Float> mean,
        List<Float> std,
        Placement placement,
        int pad) {
    /** Order of the channels. */
    public enum Colour {
        BGR,
        RGB
    }

    /** Where the picture is put, when its shape is not the input's. */
    public enum Placement {
        CENTRE,
        TOP_LEFT,
        /** Made to fill the input; its shape is lost. */
        STRETCH
    }

    /** Longest side of an input. */
    public static final int MAX_SIDE = 4096;

    public InputSpec {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        check(!name.isEmpty(), "the input needs a name");
        check(side(width) && side(height), "the input's sides are 32 to " + MAX_SIDE + ", not " + width + "x" + height);
        check(sizeMultiple >= 0 && sizeMultiple <= 256, "size-multiple is 0 to 256, not " + sizeMultiple);
        check(mean.size() == 3 && std.size() == 3, "mean and std need three values each");
        check(std.stream().allMatch(s -> s > 0), "std needs values over 0");
        check(pad >= 0 && pad <= 255, "pad is 0 to 255, not " + pad);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean side(int pixels) {
        return pixels >= 32 && pixels <= MAX_SIDE;
    }

    /** Whether the network takes this size. */
    public boolean canBe(int otherWidth, int otherHeight) {
        boolean isOwn = otherWidth == width && otherHeight == height;
        boolean isMultiple = sizeMultiple > 0 && otherWidth % sizeMultiple == 0 && otherHeight % sizeMultiple == 0;
        return isOwn || isMultiple && side(otherWidth) && side(otherHeight);
    }

    /** The same for another size; refuses a size that the network cannot take. */
    public InputSpec resized(int newWidth, int newHeight) {
        boolean fits = newWidth == width && newHeight == height
                || sizeMultiple > 0 && newWidth % sizeMultiple == 0 && newHeight % sizeMultiple == 0;
        check(
                fits,
                "an input of " + newWidth + "x" + newHeight + " is not possible: "
                        + (sizeMultiple > 0
                                ? "both sides must be multiples of " + sizeMultiple
                                : "the model takes " + width + "x" + height + " only"));
        return new InputSpec(name, newWidth, newHeight, sizeMultiple, colour, mean, std, placement, pad);
    }
}
