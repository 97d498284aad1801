package io.fengsui.edge.gate.luma;

/**
 * A decoded picture made small and grey.
 *
 * @param luma rows of {@value #WIDTH} bytes, {@value #HEIGHT} of them; owned by this record, nobody changes it
 * @param chroma how colourful it was: mean distance from grey, in tenths of a level
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
public record LumaPicture(byte[] luma, int chroma) {
    public static final int WIDTH = 160;
    public static final int HEIGHT = 90;
    public static final int PIXELS = WIDTH * HEIGHT;

    public LumaPicture {
        if (luma.length != PIXELS) {
            throw new IllegalArgumentException("a small picture has " + PIXELS + " pixels, not " + luma.length);
        }
    }

    int at(int pixel) {
        return luma[pixel] & 0xff;
    }
}
