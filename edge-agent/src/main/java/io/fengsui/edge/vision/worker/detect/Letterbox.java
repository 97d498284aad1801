package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.protocol.value.Box;

/**
 * Where a picture lies within the detector's input: scaled to fit, its shape kept unless it is to be stretched.
 *
 * @param left first column of the picture within the input
 * @param top first row of the picture within the input
 * @param width of the picture within the input
 * @param height of the picture within the input
 */
record Letterbox(int left, int top, int width, int height) {
    static Letterbox fit(int pictureWidth, int pictureHeight, InputSpec input) {
        double scale = Math.min((double) input.width() / pictureWidth, (double) input.height() / pictureHeight);
        int width = Math.clamp(Math.round(pictureWidth * scale), 1, input.width());
        int height = Math.clamp(Math.round(pictureHeight * scale), 1, input.height());
        return switch (input.placement()) {
            case CENTRE -> new Letterbox((input.width() - width) / 2, (input.height() - height) / 2, width, height);
            case TOP_LEFT -> new Letterbox(0, 0, width, height);
            case STRETCH -> new Letterbox(0, 0, input.width(), input.height());
        };
    }

    /** From pixels of the input to 0..1 of the picture. */
    Box toPicture(float x1, float y1, float x2, float y2) {
        return Box.clamped((x1 - left) / width, (y1 - top) / height, (x2 - left) / width, (y2 - top) / height);
    }
}
