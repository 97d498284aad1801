package io.fengsui.fieldsim.scene;

import io.fengsui.fieldsim.scene.Route.Placement;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** Draws a suitcase with two pockets, wheels and a handle that is drawn out, one unit high. Confined to the drawing thread. */
final class SuitcasePainter {
    /** Half of its front's width. */
    static final double HALF = 0.32;
    /** Width of the side that can be seen. */
    static final double SIDE = 0.14;

    private static final double TOP = -0.763;
    private static final double BOTTOM = -0.05;
    private static final double ROUND = 0.19;
    private static final double WHEEL = 0.094;
    private static final Color RUBBER = new Color(20, 20, 22);
    private static final Color STEEL = new Color(150, 150, 155);

    private final Graphics2D graphics;
    private final Brush brush;

    SuitcasePainter(Graphics2D graphics) {
        this.graphics = graphics;
        this.brush = new Brush(graphics);
    }

    void paint(Actor.Suitcase suitcase, Placement at, PictureSize size) {
        double height = suitcase.height() * size.height();
        AffineTransform before = graphics.getTransform();
        graphics.translate(at.x() * size.width(), at.y() * size.height());
        graphics.scale(height, height);
        Color colour = new Color(suitcase.rgb());
        brush.oval(new Color(0, 0, 0, 90), -HALF - 0.12, -0.04, 2 * HALF + SIDE + 0.2, 0.1);
        handle();
        shell(colour, colour.darker().darker());
        graphics.setColor(RUBBER);
        stroke(0.057);
        graphics.draw(new Arc2D.Double(-0.08, TOP - 0.06, 0.16, 0.12, 0, 180, Arc2D.OPEN));
        for (double left : new double[] {-HALF + 0.03, HALF - 0.03 - WHEEL, HALF + SIDE - WHEEL}) {
            brush.oval(RUBBER, left, -WHEEL, WHEEL, WHEEL);
        }
        graphics.setTransform(before);
    }

    private void handle() {
        graphics.setColor(STEEL);
        stroke(0.03);
        graphics.draw(new Line2D.Double(-0.0975, TOP, -0.0975, -1));
        graphics.draw(new Line2D.Double(0.0975, TOP, 0.0975, -1));
        graphics.setColor(RUBBER);
        stroke(0.041);
        graphics.draw(new Line2D.Double(-0.0975, -1, 0.0975, -1));
    }

    private void shell(Color colour, Color seam) {
        Path2D side = new Path2D.Double();
        side.moveTo(HALF - 0.03, TOP + 0.03);
        side.lineTo(HALF + SIDE, TOP + 0.03 + SIDE * 0.4);
        side.lineTo(HALF + SIDE, BOTTOM - SIDE * 0.4);
        side.lineTo(HALF - 0.03, BOTTOM);
        side.closePath();
        graphics.setColor(seam);
        graphics.fill(side);
        RoundRectangle2D front = new RoundRectangle2D.Double(-HALF, TOP, 2 * HALF, BOTTOM - TOP, ROUND, ROUND);
        graphics.setPaint(
                new GradientPaint((float) -HALF, (float) TOP, colour.brighter(), (float) HALF, 0, colour.darker()));
        graphics.fill(front);
        graphics.setColor(seam);
        stroke(0.0112);
        graphics.draw(front);
        pocket(TOP + 0.06, 0.2);
        pocket(TOP + 0.32, -TOP - 0.45);
    }

    private void pocket(double top, double height) {
        graphics.draw(new RoundRectangle2D.Double(-HALF + 0.05, top, 2 * HALF - 0.1, height, 0.06, 0.06));
    }

    private void stroke(double width) {
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
}
