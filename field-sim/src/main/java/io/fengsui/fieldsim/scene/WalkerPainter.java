package io.fengsui.fieldsim.scene;

import io.fengsui.fieldsim.scene.Brush.Joint;
import io.fengsui.fieldsim.scene.Route.Placement;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * Draws a person from the side, eight heads high, the feet at the origin. Legs and arms swing with the way travelled; who
 * stands shifts weight a little. Confined to the drawing thread.
 */
final class WalkerPainter {
    private static final Color SKIN = new Color(212, 168, 138);
    private static final Color TROUSERS = new Color(48, 54, 72);
    private static final Color SHOES = new Color(46, 40, 36);
    private static final Color HAIR = new Color(34, 26, 22);
    private static final double HIP = -4.1;
    private static final double SHOULDER = -6.5;

    private final Graphics2D graphics;
    private final Brush brush;

    WalkerPainter(Graphics2D graphics) {
        this.graphics = graphics;
        this.brush = new Brush(graphics);
    }

    void paint(Actor.Walker walker, Placement at, PictureSize size, double seconds) {
        double height = walker.height() * size.height();
        double heads = at.travelled() * size.width() / height;
        double swing = at.isMoving() ? Math.sin(heads * 6.5) : 0.45 + 0.12 * Math.sin(seconds * 1.3);
        AffineTransform before = graphics.getTransform();
        graphics.translate(at.x() * size.width(), at.y() * size.height());
        graphics.scale(at.direction() * height / 8, height / 8);
        Color coat = new Color(walker.rgb());
        brush.oval(new Color(0, 0, 0, 70), -1.6, -0.25, 3.4, 0.55);
        arm(-swing, coat.darker(), SKIN.darker());
        leg(-swing, TROUSERS.darker());
        leg(swing, TROUSERS);
        torso(coat);
        arm(swing, coat, SKIN);
        head();
        graphics.setTransform(before);
    }

    private void leg(double swing, Color cloth) {
        double knee = 0.75 * swing + 0.15;
        double foot = 1.35 * swing;
        brush.limb(new Joint(0, HIP, 0.55), new Joint(knee, -2.1, 0.37), cloth);
        brush.limb(new Joint(knee, -2.1, 0.37), new Joint(foot, -0.36, 0.23), cloth);
        brush.limb(new Joint(foot, -0.2, 0.21), new Joint(foot + 0.7, -0.12, 0.16), SHOES);
    }

    private void arm(double swing, Color cloth, Color hand) {
        double elbow = 0.92 * swing;
        double wrist = 1.12 * swing + 0.38;
        brush.limb(new Joint(0, SHOULDER + 0.3, 0.35), new Joint(elbow, -5.0, 0.27), cloth);
        brush.limb(new Joint(elbow, -5.0, 0.27), new Joint(wrist, -3.95, 0.19), cloth);
        brush.oval(hand, wrist - 0.22, -4.05, 0.44, 0.5);
    }

    private void torso(Color coat) {
        Path2D body = Brush.outline(
                -0.75, SHOULDER, -0.95, -5.5, -0.82, -4.6, -0.76, -3.7, -0.3, -3.6, 0.3, -3.6, 0.76, -3.7, 0.86, -4.6,
                0.95, -5.6, 0.7, SHOULDER, 0.4, -6.85, -0.4, -6.85, -0.75, SHOULDER);
        graphics.setPaint(new GradientPaint(-0.8f, 0, coat.brighter(), 0.9f, 0, coat.darker()));
        graphics.fill(body);
        brush.block(coat.darker().darker(), 0.24, SHOULDER, 0.06, 2.8);
    }

    private void head() {
        brush.limb(new Joint(0.05, SHOULDER, 0.25), new Joint(0.1, -7.0, 0.22), SKIN.darker());
        graphics.setPaint(new GradientPaint(-0.4f, 0, SKIN.darker(), 0.6f, 0, SKIN));
        graphics.fill(new Ellipse2D.Double(-0.42, -8.0, 1.0, 1.2));
        graphics.setColor(HAIR);
        graphics.fill(new Arc2D.Double(-0.52, -8.1, 1.12, 1.15, 30, 200, Arc2D.CHORD));
        brush.oval(SKIN, 0.5, -7.45, 0.18, 0.22);
        brush.oval(HAIR, 0.3, -7.55, 0.1, 0.08);
    }
}
