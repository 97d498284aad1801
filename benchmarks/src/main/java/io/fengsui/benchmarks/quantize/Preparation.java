package io.fengsui.benchmarks.quantize;

import io.fengsui.edge.vision.model.InputSpec;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** A picture as a network's input, as it is and as another camera might have sent it. Confined to one thread. */
final class Preparation {
    /** What is done to each picture, so that the ranges hold for more light, less light and noise than were in the pictures. */
    enum Variant {
        AS_IS(1.0, 0, 0),
        HARSH(1.4, 10, 0),
        DARK(0.5, -10, 6),
        NOISY(1.0, 0, 18),
        CLOSE(1.0, 0, 0);

        private final double contrast;
        private final int brightness;
        private final int noise;

        Variant(double contrast, int brightness, int noise) {
            this.contrast = contrast;
            this.brightness = brightness;
            this.noise = noise;
        }
    }

    private final InputSpec input;
    private final FloatBuffer values;
    private final SplittableRandom random = new SplittableRandom(1);

    Preparation(InputSpec input) {
        this.input = input;
        this.values = ByteBuffer.allocateDirect(3 * input.width() * input.height() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** 3 x height x width, valid until the next call. */
    FloatBuffer of(BufferedImage picture, Variant variant) {
        BufferedImage placed = placed(picture, variant == Variant.CLOSE);
        int plane = input.width() * input.height();
        for (int y = 0; y < input.height(); y++) {
            for (int x = 0; x < input.width(); x++) {
                int rgb = placed.getRGB(x, y);
                for (int channel = 0; channel < 3; channel++) {
                    int shift = input.colour() == InputSpec.Colour.RGB ? 16 - 8 * channel : 8 * channel;
                    double value = varied(rgb >> shift & 0xff, variant);
                    values.put(channel * plane + y * input.width() + x, (float)
                            ((value - input.mean().get(channel)) / input.std().get(channel)));
                }
            }
        }
        return values;
    }

    private double varied(int value, Variant variant) {
        double noise = variant.noise == 0 ? 0 : random.nextGaussian() * variant.noise;
        return Math.clamp((value - 128) * variant.contrast + 128 + variant.brightness + noise, 0, 255);
    }

    private BufferedImage placed(BufferedImage picture, boolean isClose) {
        BufferedImage whole = isClose
                ? picture.getSubimage(
                        picture.getWidth() / 4,
                        picture.getHeight() / 4,
                        picture.getWidth() / 2,
                        picture.getHeight() / 2)
                : picture;
        double scale = Math.min((double) input.width() / whole.getWidth(), (double) input.height() / whole.getHeight());
        boolean isStretched = input.placement() == InputSpec.Placement.STRETCH;
        int width = isStretched ? input.width() : (int) Math.round(whole.getWidth() * scale);
        int height = isStretched ? input.height() : (int) Math.round(whole.getHeight() * scale);
        boolean isCentred = input.placement() == InputSpec.Placement.CENTRE;
        int left = isCentred ? (input.width() - width) / 2 : 0;
        int top = isCentred ? (input.height() - height) / 2 : 0;
        BufferedImage out = new BufferedImage(input.width(), input.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D draw = out.createGraphics();
        draw.setColor(new Color(input.pad(), input.pad(), input.pad()));
        draw.fillRect(0, 0, input.width(), input.height());
        draw.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        draw.drawImage(whole, left, top, width, height, null);
        draw.dispose();
        return out;
    }
}
