package io.fengsui.fieldsim.scene.coding;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** The three planes of one picture, 4:2:0, ITU-R BT.601 in studio range; used again for each picture. Confined to its owner's thread. */
public final class Yuv {
    private final int width;
    private final int height;
    private final byte[][] planes;

    public Yuv(int width, int height) {
        this.width = width;
        this.height = height;
        int luma = width * height;
        this.planes = new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
    }

    public byte[] plane(int number) {
        return planes[number];
    }

    public int width(int plane) {
        return plane == 0 ? width : width / 2;
    }

    public int height(int plane) {
        return plane == 0 ? height : height / 2;
    }

    public void convert(BufferedImage picture) {
        byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height; y += 2) {
            for (int x = 0; x < width; x += 2) {
                int at = (y * width + x) * 3;
                int below = at + width * 3;
                int b = sum(bgr, at, below, 0);
                int g = sum(bgr, at, below, 1);
                int r = sum(bgr, at, below, 2);
                int chroma = (y / 2) * (width / 2) + x / 2;
                planes[1][chroma] = (byte) (128 + (-38 * r - 74 * g + 112 * b) / 1024);
                planes[2][chroma] = (byte) (128 + (112 * r - 94 * g - 18 * b) / 1024);
                luma(bgr, y * width + x);
                luma(bgr, y * width + x + 1);
                luma(bgr, (y + 1) * width + x);
                luma(bgr, (y + 1) * width + x + 1);
            }
        }
    }

    private static int sum(byte[] bgr, int at, int below, int colour) {
        return (bgr[at + colour] & 0xff)
                + (bgr[at + 3 + colour] & 0xff)
                + (bgr[below + colour] & 0xff)
                + (bgr[below + 3 + colour] & 0xff);
    }

    private void luma(byte[] bgr, int pixel) {
        int at = pixel * 3;
        int value = 25 * (bgr[at] & 0xff) + 129 * (bgr[at + 1] & 0xff) + 66 * (bgr[at + 2] & 0xff);
        planes[0][pixel] = (byte) (16 + (value + 128) / 256);
    }
}
