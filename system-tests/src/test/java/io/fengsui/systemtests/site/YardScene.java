package io.fengsui.systemtests.site;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.Waypoint;
import java.io.IOException;
import java.util.List;

/**
 * A yard in which, in 54 seconds, each rule of pictures has something to find once: somebody walks through from left to right
 * (over the middle at 7 s), three people stand together (17 s to 24 s, nobody of them in the middle), and a car comes (31 s) whose
 * driver walks away from it (34 s), until it drives off (46 s).
 */
public final class YardScene {
    /** Foot points of the people who stand together: two of them are in the left half. */
    private static final double LEFT_HALF = 0.5;

    private static final SceneScript SCRIPT = new SceneScript(
            Scenes.SIZE,
            Scenes.FRAME_RATE,
            54,
            1,
            Light.DAY,
            List.of(
                    walker(0x243c6e, new Waypoint(0, -0.12, 0.90), new Waypoint(14, 1.12, 0.90)),
                    walker(
                            0x963228,
                            new Waypoint(12, -0.12, 0.86),
                            new Waypoint(16, 0.20, 0.86),
                            new Waypoint(24, 0.20, 0.86),
                            new Waypoint(28, -0.12, 0.86)),
                    walker(
                            0x2d6e46,
                            new Waypoint(12.5, -0.12, 0.94),
                            new Waypoint(17, LEFT_HALF - 0.12, 0.94),
                            new Waypoint(24, LEFT_HALF - 0.12, 0.94),
                            new Waypoint(29, -0.12, 0.94)),
                    walker(
                            0x6a5a30,
                            new Waypoint(12, 1.12, 0.90),
                            new Waypoint(16.5, 0.72, 0.90),
                            new Waypoint(24, 0.72, 0.90),
                            new Waypoint(28.5, 1.12, 0.90)),
                    new Actor.Car(
                            0.38,
                            0xb0382c,
                            Route.of(
                                    new Waypoint(28, -0.25, 0.82),
                                    new Waypoint(31, 0.28, 0.82),
                                    new Waypoint(46, 0.28, 0.82),
                                    new Waypoint(49, -0.25, 0.82))),
                    walker(
                            0x243c6e,
                            new Waypoint(32, 0.40, 0.96),
                            new Waypoint(34, 0.40, 0.96),
                            new Waypoint(39, -0.12, 0.96))));

    private YardScene() {}

    private static Actor walker(int coat, Waypoint... way) {
        return new Actor.Walker(0.42, coat, Route.of(way));
    }

    public static AccessUnitClip clip() throws IOException {
        return Scenes.clip(SCRIPT);
    }

    public static AccessUnitClip empty() throws IOException {
        return Scenes.clip(SCRIPT.quiet(4));
    }
}
