package io.fengsui.fieldsim.scene;

import io.fengsui.protocol.value.Box;
import java.util.Optional;

/** Somebody or something that moves through a scene. */
public sealed interface Actor {
    /** The label that a detector of the COCO classes gives it. */
    String label();

    Route route();

    /** The rectangle around it, without its shadow, inside the picture; empty while it is away. */
    Optional<Box> boxAt(double seconds, PictureSize size);

    /**
     * A person on foot.
     *
     * @param height in 0..1 of the picture's height
     * @param rgb the coat's colour
     */
    record Walker(double height, int rgb, Route route) implements Actor {
        /** How far arms and legs reach to each side, in heights. */
        private static final double HALF_WIDTH = 0.17;

        public Walker {
            checkPart("a walker's height", height);
        }

        @Override
        public String label() {
            return "person";
        }

        @Override
        public Optional<Box> boxAt(double seconds, PictureSize size) {
            double half = HALF_WIDTH * height * size.height() / size.width();
            return route.at(seconds)
                    .flatMap(at -> visible(at.x() - half, at.y() - height * 1.01, at.x() + half, at.y()));
        }
    }

    /**
     * A car seen from its side.
     *
     * @param width in 0..1 of the picture's width
     * @param rgb the paint's colour
     */
    record Car(double width, int rgb, Route route) implements Actor {
        /** Height of the roof in widths of the car. */
        static final double HEIGHT = 0.38;

        public Car {
            checkPart("a car's width", width);
        }

        @Override
        public String label() {
            return "car";
        }

        @Override
        public Optional<Box> boxAt(double seconds, PictureSize size) {
            double height = HEIGHT * width * size.width() / size.height();
            return route.at(seconds)
                    .flatMap(at -> visible(at.x() - width / 2, at.y() - height, at.x() + width / 2, at.y()));
        }
    }

    /**
     * A suitcase on wheels, seen from a corner.
     *
     * @param height with its handle drawn out, in 0..1 of the picture's height
     * @param rgb its colour
     */
    record Suitcase(double height, int rgb, Route route) implements Actor {
        public Suitcase {
            checkPart("a suitcase's height", height);
        }

        @Override
        public String label() {
            return "suitcase";
        }

        @Override
        public Optional<Box> boxAt(double seconds, PictureSize size) {
            double unit = height * size.height() / size.width();
            return route.at(seconds)
                    .flatMap(at -> visible(
                            at.x() - SuitcasePainter.HALF * unit,
                            at.y() - height,
                            at.x() + (SuitcasePainter.HALF + SuitcasePainter.SIDE) * unit,
                            at.y()));
        }
    }

    private static void checkPart(String what, double part) {
        if (!(part > 0.02 && part <= 1)) {
            throw new IllegalArgumentException(what + " is in (0.02, 1] of the picture, not " + part);
        }
    }

    private static Optional<Box> visible(double left, double top, double right, double bottom) {
        Box box = Box.clamped((float) left, (float) top, (float) right, (float) bottom);
        return box.area() > 0 ? Optional.of(box) : Optional.empty();
    }
}
