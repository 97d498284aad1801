package io.fengsui.fieldsim.scene;

import io.fengsui.fieldsim.scene.Route.Placement;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Draws a saloon car from the side, one unit long, the wheels on the origin's line. Confined to the drawing thread. */
final class CarPainter {
    private static final Color GLASS = new Color(42, 54, 66);
    private static final Color TYRE = new Color(21, 21, 23);
    private static final Color RIM = new Color(150, 152, 156);
    private static final Path2D BODY = Brush.outline(
            -0.5, -0.066, -0.52, -0.18, -0.47, -0.205, -0.36, -0.215, -0.26, -0.345, -0.2, -0.37, -0.02, -0.373, 0.12,
            -0.373, 0.18, -0.315, 0.27, -0.225, 0.42, -0.205, 0.5, -0.18, 0.5, -0.066);
    private static final Path2D REAR_WINDOW = Brush.outline(
            -0.3, -0.225, -0.22, -0.325, -0.18, -0.34, -0.05, -0.343, -0.05, -0.3, -0.05, -0.26, -0.05, -0.225);
    private static final Path2D FRONT_WINDOW = Brush.outline(
            -0.02, -0.225, -0.02, -0.26, -0.02, -0.3, -0.02, -0.343, 0.09, -0.34, 0.13, -0.305, 0.2, -0.225);

    private final Graphics2D graphics;
    private final Brush brush;

    CarPainter(Graphics2D graphics) {
        this.graphics = graphics;
        this.brush = new Brush(graphics);
    }

    void paint(Actor.Car car, Placement at, PictureSize size) {
        double width = car.width() * size.width();
        AffineTransform before = graphics.getTransform();
        graphics.translate(at.x() * size.width(), at.y() * size.height());
        graphics.scale(at.direction() * width, width);
        Color paint = new Color(car.rgb());
        brush.oval(new Color(0, 0, 0, 90), -0.52, -0.04, 1.04, 0.09);
        graphics.setPaint(new GradientPaint(0, -0.36f, paint.brighter(), 0, -0.066f, paint.darker()));
        graphics.fill(BODY);
        windows();
        details(paint);
        wheel(-0.3);
        wheel(0.3);
        graphics.setTransform(before);
    }

    private void windows() {
        graphics.setColor(GLASS);
        graphics.fill(REAR_WINDOW);
        graphics.fill(FRONT_WINDOW);
        brush.block(new Color(255, 255, 255, 60), -0.2, -0.32, 0.05, 0.09);
    }

    private void details(Color paint) {
        brush.block(new Color(30, 30, 32), -0.5, -0.085, 1, 0.024);
        brush.block(paint.darker().darker(), -0.037, -0.33, 0.005, 0.25);
        brush.block(paint.darker().darker(), -0.12, -0.19, 0.04, 0.009);
        brush.oval(new Color(250, 245, 210), 0.44, -0.172, 0.05, 0.043);
        brush.block(new Color(190, 20, 20), -0.495, -0.18, 0.03, 0.046);
    }

    private void wheel(double x) {
        brush.oval(TYRE, x - 0.089, -0.16, 0.178, 0.178);
        brush.oval(RIM, x - 0.053, -0.124, 0.106, 0.106);
        brush.oval(new Color(60, 60, 64), x - 0.016, -0.087, 0.032, 0.032);
    }
}
