package io.fengsui.rules.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    private static final Polygon UPPER_HALF =
            new Polygon(List.of(new Point(0, 0), new Point(1, 0), new Point(1, 0.5), new Point(0, 0.5)));

    /** Somebody in a box of 0.4 of the picture's height; the upper half is hidden. */
    @ParameterizedTest
    @CsvSource({
        // hides, top -> as an object, its movement
        "MOTION,  0.0,  false, true",
        "MOTION,  0.09, false, true",
        "MOTION,  0.19, false, false",
        "MOTION,  0.3,  false, false",
        "MOTION,  0.6,  false, false",
        "OBJECTS, 0.0,  true,  false",
        "OBJECTS, 0.3,  false, false",
        "PICTURE, 0.0,  true,  true",
        "PICTURE, 0.15, false, false",
        "PICTURE, 0.3,  false, false",
    })
    void anObjectIsHiddenByItsFootAndItsMovementByMostOfItToo(
            Mask.Hides hides, double top, boolean isHidden, boolean isMovementHidden) {
        Mask mask = new Mask("half", hides, List.of(), UPPER_HALF);
        Detection somebody = new Detection("person", 0.9f, new Box(0.4f, (float) top, 0.5f, (float) top + 0.4f), 0);
        assertThat(mask.hides(somebody)).isEqualTo(isHidden);
        assertThat(mask.hidesMotionOf(somebody)).isEqualTo(isMovementHidden);
        assertThat(mask.hidesMotion()).isEqualTo(hides != Mask.Hides.OBJECTS);
    }
}
