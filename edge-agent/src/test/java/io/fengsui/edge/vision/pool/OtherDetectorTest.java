package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.protocol.value.Detection;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another family of detector, by its manifest alone. Its network is not in the tree: the property or the environment names
 * the folder that has it, or {@code ../shared/models} beside the project is tried.
 */
@Tag("slow")
class OtherDetectorTest {
    @TempDir
    Path data;

    private static Path network() {
        String given = System.getProperty("fengsui.test.models", System.getenv("FENGSUI_TEST_MODELS"));
        Path folder = given == null ? TestingStreet.root().resolveSibling("shared/models") : Path.of(given);
        return folder.resolve("yolox-nano/model.onnx");
    }

    @Test
    void yoloxNanoFindsTheDrawnPeople() throws Exception {
        assumeTrue(Files.isRegularFile(network()), () -> network() + " is not there");
        Path model = data.resolve("yolox-nano");
        Files.createDirectories(model.resolve("golden"));
        Files.copy(network(), model.resolve("model.onnx"));
        for (String name : List.of("model.yaml", "labels.txt")) {
            try (InputStream in =
                    Objects.requireNonNull(OtherDetectorTest.class.getResourceAsStream("/vision/yolox-nano/" + name))) {
                Files.copy(in, model.resolve(name));
            }
        }
        for (String name : List.of("golden/street.png", "golden/street.yaml")) {
            Files.copy(TestingStreet.model().resolve(name), model.resolve(name));
        }
        ModelReport report =
                ModelVerifier.verify(model, new Folders(data.resolve("run"), TestingStreet.nativeLibraries()));
        List<Detection> expected = io.fengsui.edge.vision.model.ModelPackage.load(TestingStreet.model())
                .readGolden()
                .getFirst()
                .expected();
        List<Detection> found = report.pictures().getFirst().found();
        assertThat(expected.stream().filter(e -> e.label().equals("person")))
                .allSatisfy(person -> assertThat(found).anySatisfy(d -> {
                    assertThat(d.label()).isEqualTo("person");
                    assertThat(d.box().iou(person.box())).isGreaterThan(0.7f);
                }));
    }
}
