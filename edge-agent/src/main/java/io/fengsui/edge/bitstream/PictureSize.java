package io.fengsui.edge.bitstream;

/** Width and height of a picture in pixels, after cropping. */
public record PictureSize(int width, int height) {
    /** Blocks of 16 x 16 pixels. */
    public int blocks() {
        return ((width + 15) / 16) * ((height + 15) / 16);
    }
}
