package io.fengsui.edge.vision.model;

import io.fengsui.edge.vision.model.GoldenPicture.Tolerance;
import io.fengsui.edge.vision.model.InputSpec.Colour;
import io.fengsui.edge.vision.model.InputSpec.Placement;
import io.fengsui.edge.vision.model.ModelManifest.Golden;
import io.fengsui.edge.vision.model.ModelManifest.Reading;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.ValueReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the YAML files of a model package; each problem names its line and key. */
final class ManifestReader {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** A plain file name, or one folder and a file name: nothing can point out of the package. */
    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,63}/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

    private ManifestReader() {}

    /** What a golden picture's own file says. */
    record Expectation(Tolerance tolerance, List<Detection> detections) {}

    static ModelManifest manifest(Path file) throws BadModelException {
        Problems problems = new Problems();
        return built(SettingsFile.read(file, problems).flatMap(ManifestReader::manifest), file, problems);
    }

    static Expectation expectation(Path file) throws BadModelException {
        Problems problems = new Problems();
        return built(SettingsFile.read(file, problems).flatMap(ManifestReader::expectation), file, problems);
    }

    private static <T> T built(Optional<T> value, Path file, Problems problems) throws BadModelException {
        return value.filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new BadModelException(file + " is not usable:\n" + problems));
    }

    private static Optional<ModelManifest> manifest(MapReader in) {
        in.integer("format", 1, 1);
        String name = in.id("name");
        String version = in.id("version");
        ModelFamily family = in.enumeration("family", ModelFamily.class);
        String licence = in.string("licence");
        String file = file(in, "file");
        String hash = in.matching("sha256", HASH, "64 lower-case hex digits, as sha256sum prints them");
        String labels = file(in, "labels-file");
        Optional<InputSpec> input =
                in.required("input").flatMap(ValueReader::map).flatMap(ManifestReader::input);
        Map<String, String> outputs = new LinkedHashMap<>();
        in.required("outputs")
                .flatMap(ValueReader::map)
                .ifPresent(map -> map.values()
                        .forEach((role, value) -> value.string().ifPresent(output -> outputs.put(role, output))));
        Optional<Reading> reading =
                in.required("reading").flatMap(ValueReader::map).flatMap(ManifestReader::reading);
        List<Golden> golden = in.maps("golden", ManifestReader::golden);
        return in.finish(() -> new ModelManifest(
                new ModelInUse(name, version, new Sha256(hash)),
                family,
                licence,
                file,
                labels,
                input.orElseThrow(),
                outputs,
                reading.orElseThrow(),
                golden));
    }

    private static String file(MapReader in, String key) {
        return in.matching(key, FILE, "the name of a file in the model's folder, or FOLDER/FILE");
    }

    private static Optional<InputSpec> input(MapReader in) {
        String name = in.string("name");
        int width = in.integer("width", 32, InputSpec.MAX_SIDE);
        int height = in.integer("height", 32, InputSpec.MAX_SIDE);
        int multiple = in.integer("size-multiple", 0, 256, 0);
        Colour colour = in.enumeration("colour", Colour.class);
        List<Float> mean = numbers(in, "mean");
        List<Float> std = numbers(in, "std");
        Placement placement = in.enumeration("placement", Placement.class);
        int pad = in.integer("pad", 0, 255);
        return in.finish(() -> new InputSpec(name, width, height, multiple, colour, mean, std, placement, pad));
    }

    private static List<Float> numbers(MapReader in, String key) {
        in.required(key);
        return in.list(key, v -> v.number(-1000, 1000).map(Double::floatValue));
    }

    private static Optional<Reading> reading(MapReader in) {
        List<Integer> strides = in.list("strides", v -> v.integer(1, 256));
        int bins = in.integer("bins", 0, 64, 0);
        float score = (float) in.number("score", 0, 1);
        float iou = (float) in.number("nms-iou", 0, 1);
        int max = in.integer("max-detections", 1, 1000, 100);
        return in.finish(() -> new Reading(strides, bins, score, iou, max));
    }

    private static Optional<Golden> golden(MapReader in) {
        String picture = file(in, "picture");
        String expected = file(in, "expected");
        return in.finish(() -> new Golden(picture, expected));
    }

    private static Optional<Expectation> expectation(MapReader in) {
        MapReader tolerance = in.mapOrEmpty("tolerance");
        float confidence = (float) tolerance.number("confidence", 0, 1, 0.05);
        float iou = (float) tolerance.number("iou", 0, 1, 0.9);
        Optional<Tolerance> allowed = tolerance.finish(() -> new Tolerance(confidence, iou));
        List<Detection> detections = in.maps("detections", ManifestReader::detection);
        return in.finish(() -> new Expectation(allowed.orElseThrow(), detections));
    }

    private static Optional<Detection> detection(MapReader in) {
        String label = in.string("label");
        float confidence = (float) in.number("confidence", 0, 1);
        List<Float> box = numbers(in, "box");
        return in.finish(() -> {
            if (box.size() != 4) {
                throw new IllegalArgumentException("box is [left, top, right, bottom]");
            }
            return new Detection(label, confidence, new Box(box.get(0), box.get(1), box.get(2), box.get(3)), 0);
        });
    }
}
