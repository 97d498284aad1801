package io.fengsui.fieldsim.scene;

/** Width and height in pixels; even, because of chroma at half size. */
public record PictureSize(int width, int height) {
    public static final PictureSize SMALL = new PictureSize(640, 360);
    public static final PictureSize HD = new PictureSize(1280, 720);

    public PictureSize {
        if (width < 64 || height < 64 || width > 3840 || height > 2160 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("no size for a scene: " + width + 'x' + height);
        }
    }
}
