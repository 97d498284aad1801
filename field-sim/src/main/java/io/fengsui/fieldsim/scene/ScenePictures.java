package io.fengsui.fieldsim.scene;

import io.fengsui.fieldsim.scene.coding.Yuv;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a script for an encoder of one's own: planes of luma and chroma, 4:2:0, with the noise of a sensor that
 * differs from picture to picture. An empty place is drawn once, so that minutes of it cost little. Confined to its owner's
 * thread.
 */
public final class ScenePictures {
    /** A power of two, larger than a picture is likely to be, so that no pattern comes twice at one place soon. */
    private static final int NOISE_VALUES = 1 << 22;

    private final SceneScript script;
    private final SceneRenderer renderer;
    private final Yuv yuv;
    private final byte[] noise;
    private byte @Nullable [] empty;

    /** @param sigma standard deviation of the noise in steps of luma: 2 by day, 12 in the night */
    public ScenePictures(SceneScript script, double sigma) {
        System.setProperty("java.awt.headless", "true");
        this.script = script;
        this.renderer = new SceneRenderer(script);
        this.yuv = new Yuv(script.size().width(), script.size().height());
        this.noise = noise(sigma, script.place());
    }

    private static byte[] noise(double sigma, int seed) {
        SplittableRandom random = new SplittableRandom(seed * 31L + 5);
        byte[] values = new byte[NOISE_VALUES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * sigma), -100, 100);
        }
        return values;
    }

    /** The bytes of one picture: all luma, then both planes of chroma. */
    public byte[] planes(int frame) {
        byte[] clear = renderer.isEmpty(frame) ? empty() : clear(frame);
        byte[] out = clear.clone();
        int luma = script.size().width() * script.size().height();
        int shift = new SplittableRandom(script.place() * 1_000_003L + frame).nextInt(NOISE_VALUES - luma);
        for (int i = 0; i < luma; i++) {
            // Kept inside the studio range by hand: the clamp of a byte would be slower than all the rest.
            int value = (out[i] & 0xff) + noise[shift + i];
            out[i] = (byte) (value < 16 ? 16 : Math.min(value, 235));
        }
        return out;
    }

    private byte[] empty() {
        byte[] known = empty;
        if (known == null) {
            known = clear(Integer.MAX_VALUE);
            empty = known;
        }
        return known;
    }

    private byte[] clear(int frame) {
        BufferedImage picture = renderer.clear(frame);
        if (script.light() == Light.NIGHT) {
            Grain.seeByInfrared(picture);
        }
        Grain.soften(picture);
        yuv.convert(picture);
        int luma = yuv.plane(0).length;
        byte[] out = new byte[luma * 3 / 2];
        for (int plane = 0, at = 0; plane < 3; plane++) {
            System.arraycopy(yuv.plane(plane), 0, out, at, yuv.plane(plane).length);
            at += yuv.plane(plane).length;
        }
        return out;
    }
}
