package io.fengsui.rules.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.protocol.value.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolygonTest {
    private static final Polygon L_SHAPE = polygon(0.1, 0.1, 0.9, 0.1, 0.9, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1, 0.9);

    @ParameterizedTest
    @MethodSource("faults")
    void tellsWhatIsWrong(PolygonFault fault, List<Point> points) {
        assertThat(Polygon.check(points)).isEqualTo(fault);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(PolygonFault.NONE, points(0, 0, 1, 0, 1, 1)),
                Arguments.of(PolygonFault.NONE, points(0, 0, 1, 0, 1, 1, 0, 1)),
                Arguments.of(PolygonFault.TOO_FEW_POINTS, points(0, 0, 1, 1)),
                Arguments.of(PolygonFault.TOO_MANY_POINTS, circle(257)),
                Arguments.of(PolygonFault.NONE, circle(256)),
                Arguments.of(PolygonFault.NOT_FINITE, points(0, 0, Double.NaN, 0, 1, 1)),
                Arguments.of(PolygonFault.OUTSIDE_THE_PICTURE, points(0, 0, 1.01, 0, 1, 1)),
                Arguments.of(PolygonFault.OUTSIDE_THE_PICTURE, points(0, -0.01, 1, 0, 1, 1)),
                Arguments.of(PolygonFault.CROSSES_ITSELF, points(0, 0, 1, 1, 1, 0, 0, 1)),
                Arguments.of(PolygonFault.CROSSES_ITSELF, points(0, 0, 1, 0, 1, 0, 1, 1)),
                Arguments.of(PolygonFault.CROSSES_ITSELF, points(0, 0, 1, 0, 0.5, 0)),
                Arguments.of(PolygonFault.CROSSES_ITSELF, points(0, 0, 1, 0, 1, 1, 0.5, 0, 0, 1)),
                Arguments.of(PolygonFault.NO_AREA, points(0, 0, 0.001, 0, 0.001, 0.001)));
    }

    @Test
    void refusesPointsThatAreNoPolygon() {
        assertThatThrownBy(() -> new Polygon(points(0, 0, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("three points");
    }

    @Test
    void knowsInsideFromOutsideOfACorner() {
        assertThat(L_SHAPE.contains(new Point(0.3, 0.7))).isTrue();
        assertThat(L_SHAPE.contains(new Point(0.7, 0.3))).isTrue();
        assertThat(L_SHAPE.contains(new Point(0.7, 0.7))).isFalse();
        assertThat(L_SHAPE.contains(new Point(0.05, 0.5))).isFalse();
    }

    @Test
    void givesAPointOnACommonEdgeToOneNeighbourOnly() {
        Polygon left = polygon(0, 0, 0.5, 0, 0.5, 1, 0, 1);
        Polygon right = polygon(0.5, 0, 1, 0, 1, 1, 0.5, 1);
        for (double y = 0; y < 1; y += 0.1) {
            Point p = new Point(0.5, y);
            assertThat(left.contains(p)).isNotEqualTo(right.contains(p));
        }
    }

    @Test
    void standsAtTheMiddleOfTheLowerEdge() {
        assertThat(Point.footOf(new Box(0.2f, 0.1f, 0.4f, 0.5f)).y()).isEqualTo(0.5);
        assertThat(Point.footOf(new Box(0.25f, 0.1f, 0.75f, 0.5f)).x()).isEqualTo(0.5);
    }

    private static Polygon polygon(double... xy) {
        return new Polygon(points(xy));
    }

    private static List<Point> points(double... xy) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            points.add(new Point(xy[i], xy[i + 1]));
        }
        return points;
    }

    private static List<Point> circle(int n) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            points.add(new Point(0.5 + 0.4 * Math.cos(angle), 0.5 + 0.4 * Math.sin(angle)));
        }
        return points;
    }
}
