package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.protocol.value.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Model packages to swap: the project's own, changed copies of it, and other families whose networks are not in the tree.
 * The property or the environment names the folder that has those, or {@code ../shared/models} beside the project is tried.
 */
final class TestingModels {
    private TestingModels() {}

    static Path networks() {
        String given = System.getProperty("fengsui.test.models", System.getenv("FENGSUI_TEST_MODELS"));
        return given == null ? TestingStreet.root().resolveSibling("shared/models") : Path.of(given);
    }

    static boolean has(String name) {
        return Files.isRegularFile(networks().resolve(name + "/model.onnx"));
    }

    /** A package of another family, its golden picture taken to be what the network finds. */
    static Path other(Path folder, String name) throws Exception {
        Files.createDirectories(folder.resolve("golden"));
        Path network = networks().resolve(name + "/model.onnx");
        Files.copy(network, folder.resolve("model.onnx"));
        for (String file : List.of("model.yaml", "labels.txt")) {
            String resource =
                    file.equals("labels.txt") ? "/vision/yolox-nano/labels.txt" : "/vision/" + name + "/" + file;
            try (InputStream in = Objects.requireNonNull(TestingModels.class.getResourceAsStream(resource))) {
                Files.copy(in, folder.resolve(file));
            }
        }
        Files.copy(TestingStreet.model().resolve("golden/street.png"), folder.resolve("golden/street.png"));
        Path expected = folder.resolve("golden/street.yaml");
        Files.writeString(expected, "detections: []\n");
        Folders run = new Folders(folder.resolve("run"), TestingStreet.nativeLibraries());
        List<Detection> found =
                ModelVerifier.verify(folder, run).pictures().getFirst().found();
        Files.writeString(
                expected,
                found.stream().map(TestingModels::line).collect(Collectors.joining("\n", "detections:\n", "\n")));
        return folder;
    }

    private static String line(Detection d) {
        return String.format(
                Locale.ROOT,
                "  - {label: %s, confidence: %.4f, box: [%.5f, %.5f, %.5f, %.5f]}",
                d.label(),
                d.confidence(),
                d.box().left(),
                d.box().top(),
                d.box().right(),
                d.box().bottom());
    }

    /** The project's detector under another version, a piece of its manifest or expectation changed. */
    static Path copy(Path folder, String version, String file, String from, String to) throws IOException {
        try (Stream<Path> all = Files.walk(TestingStreet.model())) {
            for (Path path : all.toList()) {
                Path target =
                        folder.resolve(TestingStreet.model().relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        change(folder.resolve("model.yaml"), "version: \"1\"", "version: \"" + version + "\"");
        change(folder.resolve(file), from, to);
        return folder;
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IOException(file + " does not say " + from);
        }
        Files.writeString(file, text.replace(from, to));
    }
}
