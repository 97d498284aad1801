package io.fengsui.hub.grid.place;

import java.util.Arrays;
import java.util.List;

/** Polygons of an area in WGS-84 degrees, each an outer ring and its holes (RFC 7946, section 3.1.6). Immutable. */
public final class Shape {
    /** Longitude and latitude in turn, the first point repeated at the end. */
    private final List<List<double[]>> polygons;

    private final double west;
    private final double east;
    private final double south;
    private final double north;

    /** @param polygons of each polygon the outer ring, then its holes */
    Shape(List<List<double[]>> polygons) {
        this.polygons = polygons.stream()
                .map(rings -> rings.stream().map(double[]::clone).toList())
                .toList();
        double[] box = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (List<double[]> rings : polygons) {
            double[] outer = rings.getFirst();
            for (int i = 0; i < outer.length; i += 2) {
                box[0] = Math.min(box[0], outer[i]);
                box[1] = Math.max(box[1], outer[i]);
                box[2] = Math.min(box[2], outer[i + 1]);
                box[3] = Math.max(box[3], outer[i + 1]);
            }
        }
        west = box[0];
        east = box[1];
        south = box[2];
        north = box[3];
    }

    /** Whether the point is inside; a point on a border is inside one of the neighbours at most. */
    public boolean contains(double longitude, double latitude) {
        if (longitude < west || longitude > east || latitude < south || latitude > north) {
            return false;
        }
        for (List<double[]> rings : polygons) {
            boolean isInside = false;
            for (double[] ring : rings) {
                isInside ^= crossesOdd(ring, longitude, latitude);
            }
            if (isInside) {
                return true;
            }
        }
        return false;
    }

    private static boolean crossesOdd(double[] ring, double x, double y) {
        boolean isOdd = false;
        for (int i = 0; i + 3 < ring.length; i += 2) {
            boolean spans = (ring[i + 1] > y) != (ring[i + 3] > y);
            if (spans && x < (ring[i + 2] - ring[i]) * (y - ring[i + 1]) / (ring[i + 3] - ring[i + 1]) + ring[i]) {
                isOdd = !isOdd;
            }
        }
        return isOdd;
    }

    List<List<double[]>> polygons() {
        return polygons;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.deepEquals(array(), shape.array());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(array());
    }

    private Object[] array() {
        return polygons.stream().map(List::toArray).toArray();
    }
}
