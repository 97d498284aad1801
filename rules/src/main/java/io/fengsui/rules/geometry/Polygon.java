package io.fengsui.rules.geometry;

import java.util.List;

/** A closed, simple polygon in 0..1 of the picture. The last point is joined to the first. */
public record Polygon(List<Point> points) {
    public static final int MIN_POINTS = 3;
    public static final int MAX_POINTS = 256;

    /** Smallest area that a zone may have, as a share of the picture. */
    public static final double MIN_AREA = 1e-5;

    public Polygon {
        points = List.copyOf(points);
        PolygonFault fault = check(points);
        if (fault != PolygonFault.NONE) {
            throw new IllegalArgumentException(fault.text());
        }
    }

    /** What keeps these points from being a polygon. */
    public static PolygonFault check(List<Point> points) {
        if (points.size() < MIN_POINTS) {
            return PolygonFault.TOO_FEW_POINTS;
        }
        if (points.size() > MAX_POINTS) {
            return PolygonFault.TOO_MANY_POINTS;
        }
        for (Point p : points) {
            if (!Double.isFinite(p.x()) || !Double.isFinite(p.y())) {
                return PolygonFault.NOT_FINITE;
            }
            if (p.x() < 0 || p.x() > 1 || p.y() < 0 || p.y() > 1) {
                return PolygonFault.OUTSIDE_THE_PICTURE;
            }
        }
        if (crossesItself(points)) {
            return PolygonFault.CROSSES_ITSELF;
        }
        return areaOf(points) < MIN_AREA ? PolygonFault.NO_AREA : PolygonFault.NONE;
    }

    /** Share of the picture that it covers. */
    public double area() {
        return areaOf(points);
    }

    /** Whether a point lies inside. Points on the left and upper edges are inside, so that neighbours share no point. */
    public boolean contains(Point p) {
        boolean isInside = false;
        Point a = points.getLast();
        for (Point b : points) {
            boolean crossesLine = (b.y() > p.y()) != (a.y() > p.y());
            if (crossesLine && p.x() < (a.x() - b.x()) * (p.y() - b.y()) / (a.y() - b.y()) + b.x()) {
                isInside = !isInside;
            }
            a = b;
        }
        return isInside;
    }

    private static double areaOf(List<Point> points) {
        double twice = 0;
        Point a = points.getLast();
        for (Point b : points) {
            twice += a.x() * b.y() - b.x() * a.y();
            a = b;
        }
        return Math.abs(twice) / 2;
    }

    private static boolean crossesItself(List<Point> points) {
        int n = points.size();
        for (int i = 0; i < n; i++) {
            Point a = points.get(i);
            Point b = points.get((i + 1) % n);
            if (a.equals(b)) {
                return true;
            }
            for (int j = i + 1; j < n; j++) {
                Point c = points.get(j);
                Point d = points.get((j + 1) % n);
                boolean areNeighbours = j == i + 1 || (j + 1) % n == i;
                if (areNeighbours ? foldsBack(a, b, c, d, j == i + 1) : meet(a, b, c, d)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether of two sides that share a point the one runs back over the other. */
    private static boolean foldsBack(Point a, Point b, Point c, Point d, boolean sharesB) {
        Point shared = sharesB ? b : a;
        Point before = sharesB ? a : b;
        Point after = sharesB ? d : c;
        double dot = (before.x() - shared.x()) * (after.x() - shared.x())
                + (before.y() - shared.y()) * (after.y() - shared.y());
        return turn(before, shared, after) == 0 && dot > 0;
    }

    private static boolean meet(Point a, Point b, Point c, Point d) {
        int abc = turn(a, b, c);
        int abd = turn(a, b, d);
        int cda = turn(c, d, a);
        int cdb = turn(c, d, b);
        if (abc != abd && cda != cdb) {
            return true;
        }
        return abc == 0 && isBetween(a, b, c)
                || abd == 0 && isBetween(a, b, d)
                || cda == 0 && isBetween(c, d, a)
                || cdb == 0 && isBetween(c, d, b);
    }

    /** On which side of the line from a to b the point c lies: 1, -1, or 0 for on it. */
    private static int turn(Point a, Point b, Point c) {
        double cross = (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
        return Math.abs(cross) < 1e-12 ? 0 : cross > 0 ? 1 : -1;
    }

    private static boolean isBetween(Point a, Point b, Point p) {
        return p.x() >= Math.min(a.x(), b.x())
                && p.x() <= Math.max(a.x(), b.x())
                && p.y() >= Math.min(a.y(), b.y())
                && p.y() <= Math.max(a.y(), b.y());
    }
}
