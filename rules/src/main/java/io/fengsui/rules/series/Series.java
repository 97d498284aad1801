package io.fengsui.rules.series;

import io.fengsui.rules.series.Derivation.Rate;
import io.fengsui.rules.series.Derivation.Same;
import io.fengsui.rules.series.Derivation.Silence;
import io.fengsui.rules.series.Derivation.Use;
import io.fengsui.rules.series.Derivation.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongUnaryOperator;

/**
 * What is remembered of past readings: at most {@value #MAX_POINTS} points, oldest first. A window is cut into
 * {@value #BUCKETS} parts and each part kept as one point, so that a window of a month costs what one of a minute does.
 * Times are steady nanoseconds. Immutable.
 */
public record Series(List<Point> points) {
    public static final Series EMPTY = new Series(List.of());

    /** Most points. */
    public static final int MAX_POINTS = 72;

    private static final int BUCKETS = 64;
    private static final double WRAP_NEAR = 0.1;

    /** A value, or an amount, of the time from this one to the next. */
    public record Point(long nanos, double value) {}

    public Series {
        points = List.copyOf(points);
        if (points.size() > MAX_POINTS) {
            throw new IllegalArgumentException("a series has at most " + MAX_POINTS + " points");
        }
    }

    /** In another boot's time. */
    public Series shifted(LongUnaryOperator shift) {
        return points.isEmpty()
                ? this
                : new Series(points.stream()
                        .map(p -> new Point(shift.applyAsLong(p.nanos()), p.value()))
                        .toList());
    }

    /**
     * With one more reading.
     *
     * @param previous the reading before; ignored while there is no point
     */
    public Series with(Derivation derivation, long nanos, double value, double previous) {
        return switch (derivation) {
            case Value _ -> this;
            case Silence _ -> new Series(List.of(new Point(nanos, value)));
            case Same same -> {
                boolean isSame = !points.isEmpty() && Math.abs(points.getFirst().value() - value) <= same.tolerance();
                yield isSame ? this : new Series(List.of(new Point(nanos, value)));
            }
            case Rate rate -> kept(rate.window(), nanos, value, false);
            case Use use -> kept(use.window(), nanos, points.isEmpty() ? 0 : growth(use, value, previous), true);
        };
    }

    private Series kept(Duration window, long nanos, double value, boolean isAmount) {
        long width = Math.max(1, window.toNanos() / BUCKETS);
        List<Point> next = new ArrayList<>(points.size() + 1);
        long from = nanos - window.toNanos();
        for (int i = 0; i < points.size(); i++) {
            boolean isBefore = i + 1 < points.size() && points.get(i + 1).nanos() <= from;
            if (!isBefore) {
                next.add(points.get(i));
            }
        }
        int size = next.size();
        boolean isSamePart =
                size > 1 && nanos - next.get(isAmount ? size - 1 : size - 2).nanos() < width;
        if (isSamePart) {
            Point last = next.getLast();
            next.set(size - 1, isAmount ? new Point(last.nanos(), last.value() + value) : new Point(nanos, value));
        } else {
            next.add(new Point(nanos, value));
        }
        while (next.size() > MAX_POINTS) {
            next.removeFirst();
        }
        return new Series(next);
    }

    private static double growth(Use use, double value, double previous) {
        double growth = value - previous;
        if (growth < 0) {
            boolean hasWrapped =
                    use.wrap() > 0 && previous > use.wrap() * (1 - WRAP_NEAR) && value < use.wrap() * WRAP_NEAR;
            growth = hasWrapped ? value + use.wrap() - previous : Math.max(0, value);
        }
        return use.maxStep() > 0 && growth > use.maxStep() ? 0 : growth;
    }

    /** What is measured against the limit; empty while too little is known. */
    public OptionalDouble derived(Derivation derivation, long nanos, double value) {
        return switch (derivation) {
            case Value _ -> OptionalDouble.of(value);
            case Silence _, Same _ -> points.isEmpty() ? OptionalDouble.empty() : since(points.getFirst(), nanos);
            case Rate rate -> rate(rate);
            case Use use -> used(use, nanos);
        };
    }

    private static OptionalDouble since(Point point, long nanos) {
        return OptionalDouble.of((nanos - point.nanos()) / 1e9);
    }

    private OptionalDouble rate(Rate rate) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = points.getFirst();
        Point last = points.getLast();
        long span = last.nanos() - first.nanos();
        return span < rate.window().toNanos() / 2
                ? OptionalDouble.empty()
                : OptionalDouble.of((last.value() - first.value()) / (span / 1e9));
    }

    private OptionalDouble used(Use use, long nanos) {
        long from = nanos - use.window().toNanos();
        boolean isCovered = !points.isEmpty() && points.getFirst().nanos() <= from;
        if (!isCovered) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (Point point : points) {
            sum += point.nanos() > from ? point.value() : 0;
        }
        return OptionalDouble.of(sum);
    }

    /** How much it grew so far, though the window is not full yet; for limits above. */
    public double usedSoFar() {
        return points.stream().skip(1).mapToDouble(Point::value).sum();
    }
}
