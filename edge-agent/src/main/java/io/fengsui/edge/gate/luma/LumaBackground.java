package io.fengsui.edge.gate.luma;

import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import java.util.Arrays;
import java.util.List;

/**
 * What a camera usually sees, small and grey: a level for each pixel that moves by one step towards each new picture
 * (sigma-delta estimation, Manzanera and Richefeu 2007), and for each cell of five by five pixels how much it usually
 * differs. {@value LumaPicture#PIXELS} + {@value #CELLS} bytes.
 *
 * <p>Confined. {@link #compare} changes nothing; the same pictures give the same answers.
 */
public final class LumaBackground {
    private static final int SIDE = 5;
    private static final int COLUMNS = LumaPicture.WIDTH / SIDE;
    private static final int ROWS = LumaPicture.HEIGHT / SIDE;
    static final int CELLS = COLUMNS * ROWS;

    /** Levels that a pixel differs by at least. */
    private static final int LEAST_DIFFERENCE = 9;
    /** Times the usual difference, of its cell or of the whole picture, that a pixel differs by: four deviations of noise. */
    private static final int RESTLESS_FACTOR = 5;
    /** Pixels of a cell that differ. */
    private static final int LEAST_PIXELS = 4;
    /** Share of cells from which it is the whole picture. */
    private static final double WIDE = 0.45;

    private static final int LIGHT_SHIFT = 8;
    private static final int LIGHT_CHROMA = 12;
    private static final int SAMPLE_STEP = 7;
    private static final int MOST_NOISE = 40;
    private static final int EXCUSED = 3;
    /** More than this is no noise of a sensor, but half of the picture being another. */
    private static final int MOST_EVERYWHERE = 24;

    private final byte[] mean = new byte[LumaPicture.PIXELS];
    /** Usual difference of a cell's pixels, in quarters of a level. */
    private final byte[] noise = new byte[CELLS];

    private final byte[] differing = new byte[CELLS];
    private final boolean[] isHidden = new boolean[CELLS];
    private int visible = CELLS;
    private int chroma;
    private boolean isKnown;

    /** Cells whose middle lies in one of these do not count, neither for themselves nor for what the whole picture did. */
    public void hide(List<Polygon> parts) {
        visible = CELLS;
        for (int cell = 0; cell < CELLS; cell++) {
            int row = cell / COLUMNS;
            int column = cell % COLUMNS;
            Point middle = new Point((column + 0.5) / COLUMNS, (row + 0.5) / ROWS);
            isHidden[cell] = parts.stream().anyMatch(part -> part.contains(middle));
            visible -= isHidden[cell] ? 1 : 0;
        }
    }

    /** How a picture differs. */
    public LumaChange compare(LumaPicture picture) {
        if (!isKnown) {
            return LumaChange.UNKNOWN;
        }
        int shift = shift(picture);
        int changed = 0;
        countDiffering(picture, shift);
        for (int cell = 0; cell < CELLS; cell++) {
            if (differing[cell] >= LEAST_PIXELS) {
                changed++;
            }
        }
        boolean isOtherLight = Math.abs(picture.chroma() - chroma) >= LIGHT_CHROMA;
        boolean isWide = changed > WIDE * visible;
        if (isOtherLight || Math.abs(shift) >= LIGHT_SHIFT) {
            return new LumaChange(LumaChange.Kind.LIGHT, shift, changed);
        }
        if (isWide) {
            return new LumaChange(LumaChange.Kind.WIDE, shift, changed);
        }
        return new LumaChange(changed > 0 ? LumaChange.Kind.LOCAL : LumaChange.Kind.NOTHING, shift, changed);
    }

    private boolean isHiddenAt(int pixel) {
        int row = pixel / LumaPicture.WIDTH / SIDE;
        int column = pixel % LumaPicture.WIDTH / SIDE;
        return isHidden[row * COLUMNS + column];
    }

    /**
     * What half of the picture did is no movement: half of what counts. Light comes over what is hidden too, so what covers half of a
     * small rest, and leaves the whole as bright as it was, is a thing.
     */
    private int shift(LumaPicture picture) {
        int whole = median(picture, true);
        if (visible == CELLS) {
            return whole;
        }
        int rest = median(picture, false);
        boolean isThing = Math.abs(rest) >= LIGHT_SHIFT && Math.abs(whole) < LIGHT_SHIFT;
        return isThing ? whole : rest;
    }

    /** Median of the differences of some pixels, of all or of those that count; 0 for none. */
    private int median(LumaPicture picture, boolean isOfAll) {
        short[] counts = new short[511];
        int samples = 0;
        for (int i = 0; i < LumaPicture.PIXELS; i += SAMPLE_STEP) {
            if (isOfAll || !isHiddenAt(i)) {
                counts[picture.at(i) - (mean[i] & 0xff) + 255]++;
                samples++;
            }
        }
        int below = 0;
        for (int i = 0; i < counts.length && samples > 0; i++) {
            below += counts[i];
            if (2 * below >= samples) {
                return i - 255;
            }
        }
        return 0;
    }

    private void countDiffering(LumaPicture picture, int shift) {
        Arrays.fill(differing, (byte) 0);
        int everywhere = everywhere(picture, shift);
        for (int y = 0; y < ROWS * SIDE; y++) {
            int cells = y / SIDE * COLUMNS;
            int row = y * LumaPicture.WIDTH;
            for (int column = 0; column < COLUMNS; column++) {
                int cell = cells + column;
                int usual = Math.max(everywhere, noise[cell] & 0xff);
                int limit = Math.max(LEAST_DIFFERENCE, RESTLESS_FACTOR * usual / 4);
                int from = row + column * SIDE;
                int count = 0;
                for (int x = from; x < from + SIDE; x++) {
                    int difference = Math.abs(picture.at(x) - (mean[x] & 0xff) - shift);
                    count += (limit - difference) >>> 31;
                }
                differing[cell] += (byte) count;
            }
        }
        clearHidden();
    }

    private void clearHidden() {
        for (int cell = 0; cell < CELLS; cell++) {
            if (isHidden[cell]) {
                differing[cell] = 0;
            }
        }
    }

    /**
     * What most of the picture differs by now, in quarters of a level: the sensor's noise, whatever moves in a part of it. That of
     * the whole and that of what counts, whichever is less: the wind in what is hidden is none, nor is what fills a small rest.
     */
    private int everywhere(LumaPicture picture, int shift) {
        int whole = usual(picture, shift, true);
        return visible == CELLS ? whole : Math.min(whole, usual(picture, shift, false));
    }

    private int usual(LumaPicture picture, int shift, boolean isOfAll) {
        short[] counts = new short[256];
        int samples = 0;
        for (int i = 0; i < LumaPicture.PIXELS; i += SAMPLE_STEP) {
            if (isOfAll || !isHiddenAt(i)) {
                counts[Math.abs(Math.clamp(picture.at(i) - (mean[i] & 0xff) - (long) shift, -255, 255))]++;
                samples++;
            }
        }
        long sum = 0;
        int taken = 0;
        int most = samples * 3 / 4;
        for (int level = 0; level < counts.length && taken < most; level++) {
            int count = Math.min(counts[level], most - taken);
            sum += (long) count * level;
            taken += count;
        }
        // The mean of the smaller three quarters of a normal deviate is 0.53 deviations; of all, 0.8.
        return (int) Math.min(MOST_EVERYWHERE, 6 * sum / Math.max(1, most));
    }

    /** Follows a quiet picture by a step a pixel, and learns how restless each cell is. */
    public void learn(LumaPicture picture) {
        if (!isKnown) {
            absorb(picture);
            return;
        }
        int shift = shift(picture);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                learnCell(picture, shift, row, column);
            }
        }
        chroma += Integer.signum(picture.chroma() - chroma);
    }

    private void learnCell(LumaPicture picture, int shift, int row, int column) {
        int sum = 0;
        for (int y = row * SIDE; y < (row + 1) * SIDE; y++) {
            for (int x = column * SIDE; x < (column + 1) * SIDE; x++) {
                int i = y * LumaPicture.WIDTH + x;
                int known = mean[i] & 0xff;
                sum += Math.abs(picture.at(i) - known - shift);
                mean[i] = (byte) (known + Integer.signum(picture.at(i) - known));
            }
        }
        int usual = Math.min(MOST_NOISE, 4 * sum / (SIDE * SIDE));
        int cell = row * COLUMNS + column;
        noise[cell] = (byte) (noise[cell] + Integer.signum(usual - noise[cell]));
    }

    /** Takes this picture for what is usual: the light is another, or what moved was nothing that is looked for. */
    public void absorb(LumaPicture picture) {
        System.arraycopy(picture.luma(), 0, mean, 0, LumaPicture.PIXELS);
        chroma = picture.chroma();
        isKnown = true;
    }

    /** What differed here was nothing that is looked for: it is usual from now on, and its cells count for less. */
    public void excuse(LumaPicture picture) {
        if (isKnown) {
            countDiffering(picture, shift(picture));
            for (int cell = 0; cell < CELLS; cell++) {
                if (differing[cell] >= LEAST_PIXELS) {
                    noise[cell] = (byte) Math.min(MOST_NOISE, noise[cell] + EXCUSED);
                }
            }
        }
        absorb(picture);
    }

    /** Forgets everything: another stream. */
    public void clear() {
        Arrays.fill(noise, (byte) 0);
        isKnown = false;
    }

    public boolean isKnown() {
        return isKnown;
    }
}
