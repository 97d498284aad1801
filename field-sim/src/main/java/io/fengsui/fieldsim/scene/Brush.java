package io.fengsui.fieldsim.scene;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Shapes with a little shading, in units of the actor: the transform does the scaling. Confined to the drawing thread. */
final class Brush {
    private final Graphics2D graphics;

    Brush(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** A joint of an arm or a leg. */
    record Joint(double x, double y, double radius) {}

    /** A rounded, tapering stick, lit from the left. */
    void limb(Joint from, Joint to, Color colour) {
        double length = Math.max(1e-6, Math.hypot(to.x - from.x, to.y - from.y));
        double nx = -(to.y - from.y) / length;
        double ny = (to.x - from.x) / length;
        Path2D side = new Path2D.Double();
        side.moveTo(from.x + nx * from.radius, from.y + ny * from.radius);
        side.lineTo(to.x + nx * to.radius, to.y + ny * to.radius);
        side.lineTo(to.x - nx * to.radius, to.y - ny * to.radius);
        side.lineTo(from.x - nx * from.radius, from.y - ny * from.radius);
        side.closePath();
        graphics.setPaint(new GradientPaint(
                (float) (from.x + nx * from.radius),
                (float) (from.y + ny * from.radius),
                colour.brighter(),
                (float) (from.x - nx * from.radius),
                (float) (from.y - ny * from.radius),
                colour.darker()));
        graphics.fill(side);
        disc(from);
        disc(to);
    }

    private void disc(Joint joint) {
        graphics.fill(new Ellipse2D.Double(
                joint.x - joint.radius, joint.y - joint.radius, 2 * joint.radius, 2 * joint.radius));
    }

    void oval(Color colour, double left, double top, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(left, top, width, height));
    }

    void block(Color colour, double left, double top, double width, double height) {
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(left, top, width, height));
    }

    /** A closed outline of Bezier pieces: the first pair is its start, then six numbers a curve. */
    static Path2D outline(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i + 5 < points.length; i += 6) {
            path.curveTo(points[i], points[i + 1], points[i + 2], points[i + 3], points[i + 4], points[i + 5]);
        }
        path.closePath();
        return path;
    }
}
