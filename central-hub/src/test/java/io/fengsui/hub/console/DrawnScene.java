package io.fengsui.hub.console;

import io.fengsui.protocol.wire.v1.Box;
import io.fengsui.protocol.wire.v1.Detection;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws a picture for a ticket: a road or a dam, with a person or a car where the detections say. */
final class DrawnScene {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    private DrawnScene() {}

    static byte[] jpeg(String camera, List<Detection> seen, Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        boolean isNight = camera.hashCode() % 2 == 0;
        g.setPaint(new GradientPaint(
                0,
                0,
                isNight ? new Color(28, 38, 54) : new Color(150, 180, 205),
                0,
                200,
                isNight ? new Color(50, 60, 74) : new Color(205, 215, 220)));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(isNight ? new Color(34, 44, 40) : new Color(104, 126, 92));
        g.fillPolygon(new int[] {0, 150, 320, 470, 640, 640, 0}, new int[] {170, 110, 160, 95, 150, 230, 230}, 7);
        g.setColor(isNight ? new Color(58, 60, 64) : new Color(128, 128, 126));
        g.fillPolygon(new int[] {0, 640, 640, 0}, new int[] {210, 180, 360, 360}, 4);
        g.setColor(new Color(225, 215, 150));
        g.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {26, 22}, 0));
        g.drawLine(0, 330, 640, 250);
        for (int i = 0; i < 6; i++) {
            g.setColor(new Color(70 + random.nextInt(40), 70 + random.nextInt(30), 66));
            g.fillRect(20 + i * 108, 120 + random.nextInt(30), 60 + random.nextInt(30), 80);
        }
        seen.forEach(detection -> draw(g, detection));
        g.dispose();
        for (int i = 0; i < 9_000; i++) {
            int x = random.nextInt(WIDTH);
            int y = random.nextInt(HEIGHT);
            image.setRGB(x, y, new Color(image.getRGB(x, y)).brighter().getRGB());
        }
        return encode(image);
    }

    private static void draw(Graphics2D g, Detection detection) {
        Box box = detection.getBox();
        int x = (int) (box.getLeft() * WIDTH);
        int y = (int) (box.getTop() * HEIGHT);
        int w = (int) ((box.getRight() - box.getLeft()) * WIDTH);
        int h = (int) ((box.getBottom() - box.getTop()) * HEIGHT);
        if (detection.getLabel().equals("person")) {
            g.setColor(new Color(214, 170, 140));
            g.fillOval(x + w / 4, y, w / 2, h / 6);
            g.setColor(new Color(46, 74, 122));
            g.fillRoundRect(x + w / 6, y + h / 6, w * 2 / 3, h * 2 / 5, 12, 12);
            g.setColor(new Color(34, 34, 40));
            g.fillRect(x + w / 4, y + h / 2, w / 5, h / 2);
            g.fillRect(x + w / 2, y + h / 2, w / 5, h / 2);
            return;
        }
        g.setColor(new Color(178, 40, 44));
        g.fillRoundRect(x, y + h / 3, w, h / 2, 26, 26);
        g.fillRoundRect(x + w / 5, y, w * 3 / 5, h / 2, 34, 34);
        g.setColor(new Color(150, 190, 210));
        g.fillRoundRect(x + w / 4, y + h / 12, w / 2, h / 4, 16, 16);
        g.setColor(new Color(20, 20, 22));
        g.fillOval(x + w / 8, y + h * 2 / 3, h / 3, h / 3);
        g.fillOval(x + w * 2 / 3, y + h * 2 / 3, h / 3, h / 3);
    }

    private static byte[] encode(BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
