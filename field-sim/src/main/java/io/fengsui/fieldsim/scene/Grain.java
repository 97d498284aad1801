package io.fengsui.fieldsim.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.random.RandomGenerator;

/** What a lens and a cheap sensor do to a picture: grain, softness, and the grey of the infrared lamp. Changes pictures in place. */
final class Grain {
    private Grain() {}

    private static byte[] bytesOf(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    private static byte clamp(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }

    /** Adds up to {@code strength} to, or takes it from, about a third of the pixels. */
    static void roughen(BufferedImage picture, int strength, RandomGenerator random) {
        byte[] bgr = bytesOf(picture);
        int span = 2 * strength + 1;
        for (int i = 0; i + 2 < bgr.length; i += 3) {
            int bits = random.nextInt() >>> 1;
            if (bits % 3 == 0) {
                int change = (bits >>> 8) % span - strength;
                bgr[i] = clamp((bgr[i] & 0xff) + change);
                bgr[i + 1] = clamp((bgr[i + 1] & 0xff) + change);
                bgr[i + 2] = clamp((bgr[i + 2] & 0xff) + change);
            }
        }
    }

    /** The mean of each pixel and its neighbours, three by three. */
    static void soften(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] bgr = bytesOf(picture);
        byte[] from = bgr.clone();
        int line = width * 3;
        for (int y = 1; y < height - 1; y++) {
            for (int i = y * line + 3; i < (y + 1) * line - 3; i++) {
                int sum = (from[i] & 0xff) + (from[i - 3] & 0xff) + (from[i + 3] & 0xff);
                sum += (from[i - line] & 0xff) + (from[i - line - 3] & 0xff) + (from[i - line + 3] & 0xff);
                sum += (from[i + line] & 0xff) + (from[i + line - 3] & 0xff) + (from[i + line + 3] & 0xff);
                bgr[i] = (byte) (sum / 9);
            }
        }
    }

    /** Grey, and darker towards the corners. */
    static void seeByInfrared(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] bgr = bytesOf(picture);
        for (int y = 0; y < height; y++) {
            double dy = (y - height * 0.55) / height;
            for (int x = 0; x < width; x++) {
                int i = (y * width + x) * 3;
                double dx = (x - width * 0.5) / width;
                double lamp = 0.95 - 0.9 * (dx * dx + dy * dy);
                double grey = 0.114 * (bgr[i] & 0xff) + 0.587 * (bgr[i + 1] & 0xff) + 0.299 * (bgr[i + 2] & 0xff);
                byte seen = clamp((int) (grey * lamp));
                bgr[i] = seen;
                bgr[i + 1] = seen;
                bgr[i + 2] = seen;
            }
        }
    }
}
