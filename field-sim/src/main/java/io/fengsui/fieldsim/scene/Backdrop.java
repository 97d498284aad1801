package io.fengsui.fieldsim.scene;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Draws an empty street: sky, a row of houses, pavement, road. The place's number chooses colours and windows. Stateless. */
final class Backdrop {
    /** Where the pavement begins and the road begins, in picture heights. */
    private static final double PAVEMENT = 0.48;

    private static final double ROAD = 0.63;

    private Backdrop() {}

    static BufferedImage draw(PictureSize size, int place) {
        BufferedImage picture = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = Canvas.smooth(picture);
        // Seen at 1000 x 1000; the transform makes it fit.
        graphics.scale(size.width() / 1000.0, size.height() / 1000.0);
        SplittableRandom random = new SplittableRandom(place * 7919L + 17);
        sky(graphics);
        houses(graphics, random);
        pavement(graphics);
        road(graphics);
        graphics.dispose();
        Grain.roughen(picture, 8, random.split());
        return picture;
    }

    private static void sky(Graphics2D graphics) {
        graphics.setPaint(new GradientPaint(0, 0, new Color(176, 188, 198), 0, 250, new Color(206, 211, 213)));
        graphics.fillRect(0, 0, 1000, 500);
    }

    private static void houses(Graphics2D graphics, SplittableRandom random) {
        int left = 0;
        while (left < 1000) {
            int width = 250 + random.nextInt(200);
            int top = 40 + random.nextInt(60);
            Color wall = new Color(120 + random.nextInt(50), 110 + random.nextInt(40), 100 + random.nextInt(35));
            graphics.setPaint(new GradientPaint(0, top, wall, 0, (float) (PAVEMENT * 1000), wall.darker()));
            graphics.fillRect(left, top, width, (int) (PAVEMENT * 1000) - top);
            windows(graphics, left, top, width, wall.darker().darker());
            left += width;
        }
    }

    private static void windows(Graphics2D graphics, int left, int top, int width, Color frame) {
        int columns = Math.max(2, width / 110);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < 2; row++) {
                int x = left + (column * width) / columns + 22;
                int y = top + 50 + row * 170;
                graphics.setColor(frame);
                graphics.fillRect(x - 4, y - 6, 70, 127);
                graphics.setPaint(new GradientPaint(x, y, new Color(70, 88, 104), x, y + 90, new Color(120, 138, 150)));
                graphics.fillRect(x, y, 62, 115);
                graphics.setColor(frame);
                graphics.fillRect(x + 30, y, 3, 115);
            }
        }
    }

    private static void pavement(Graphics2D graphics) {
        int top = (int) (PAVEMENT * 1000);
        int bottom = (int) (ROAD * 1000);
        graphics.setPaint(new GradientPaint(0, top, new Color(150, 148, 142), 0, bottom, new Color(168, 166, 160)));
        graphics.fillRect(0, top, 1000, bottom - top);
        graphics.setColor(new Color(132, 130, 124));
        for (int i = 0; i <= 20; i++) {
            graphics.drawLine(i * 50, bottom, 500 + (i * 50 - 500) * 4 / 5, top);
        }
        graphics.setColor(new Color(196, 194, 188));
        graphics.fillRect(0, bottom - 15, 1000, 18);
    }

    private static void road(Graphics2D graphics) {
        int top = (int) (ROAD * 1000) + 3;
        graphics.setPaint(new GradientPaint(0, top, new Color(86, 88, 90), 0, 1000, new Color(64, 66, 68)));
        graphics.fillRect(0, top, 1000, 1000 - top);
        graphics.setColor(new Color(214, 210, 196));
        for (int i = 0; i < 8; i++) {
            graphics.fillRect(i * 140, 830, 70, 12);
        }
    }
}
