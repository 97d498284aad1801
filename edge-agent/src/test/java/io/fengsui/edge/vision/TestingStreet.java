package io.fengsui.edge.vision;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.GroundTruth;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.SceneStudio;
import io.fengsui.fieldsim.scene.Waypoint;
import io.fengsui.protocol.value.Box;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawn street with two walkers and a car as access units, drawn and encoded once for all tests. */
public final class TestingStreet {
    private static final byte[] START = {0, 0, 0, 1};

    /** What is drawn. */
    public static final SceneScript SCRIPT = new SceneScript(
            PictureSize.HD,
            5,
            2,
            1,
            Light.DAY,
            List.of(
                    new Actor.Walker(0.35, 0x304a80, Route.of(new Waypoint(0, 0.2, 0.66), new Waypoint(2, 0.3, 0.66))),
                    new Actor.Walker(0.45, 0x9a2a2a, Route.of(new Waypoint(0, 0.8, 0.75), new Waypoint(2, 0.7, 0.75))),
                    new Actor.Car(0.42, 0xb0382c, Route.of(new Waypoint(0, 0.4, 0.97), new Waypoint(2, 0.5, 0.97)))));

    /** Drawn when it is first needed. */
    private static final class Drawn {
        static final AccessUnitClip CLIP = SceneStudio.draw(SCRIPT);
    }

    private TestingStreet() {}

    /** The clip in annex B, one array a picture, parameter sets before the keyframe. */
    public static List<byte[]> annexB() {
        List<byte[]> units = new ArrayList<>();
        for (var unit : Drawn.CLIP.units()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (unit.isKeyframe()) {
                Drawn.CLIP.parameterSets().forEach(nal -> append(bytes, nal));
            }
            unit.nalUnits().forEach(nal -> append(bytes, nal));
            units.add(bytes.toByteArray());
        }
        return units;
    }

    private static void append(ByteArrayOutputStream bytes, byte[] nal) {
        bytes.writeBytes(START);
        bytes.writeBytes(nal);
    }

    /** A look at the first pictures of the clip. */
    public static Look look(String camera, int pictures, long arrivalNanos) {
        return look(camera, annexB().subList(0, pictures), arrivalNanos, GateReason.KEYFRAME);
    }

    /** A look at any coded pictures. */
    public static Look look(String camera, List<byte[]> annexB, long arrivalNanos, GateReason reason) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < annexB.size(); i++) {
            units.add(new AccessUnit(Codec.H264, annexB.get(i), i == 0, true, i * 18_000L, arrivalNanos, 1, i));
        }
        return new Look(camera, units, true, reason);
    }

    /** Where everybody truly is at a moment of the clip. */
    public static List<Box> truth(double seconds) {
        return GroundTruth.at(SCRIPT, seconds).stream()
                .map(GroundTruth.TrueBox::box)
                .toList();
    }

    /** The project's detector. */
    public static Path model() {
        return root().resolve("models/nanodet-g/1");
    }

    /** Top of the project, from wherever the tests run. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        Path parent = here.getParent();
        return parent != null
                        && here.getFileName()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .equals("edge-agent")
                ? parent
                : here;
    }

    /** Native libraries unpacked once for all tests. */
    public static Path nativeLibraries() {
        return root().resolve("edge-agent/target/native");
    }
}
