package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.model.BadModelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of whole packages by a real worker. */
@Tag("slow")
class ModelVerifierTest {
    @TempDir
    Path data;

    private Path copy;
    private Folders folders;

    @BeforeEach
    void copyThePackage() throws Exception {
        folders = new Folders(data.resolve("run"), TestingStreet.nativeLibraries());
        copy = data.resolve("nanodet-g/1");
        Files.createDirectories(copy.resolve("golden"));
        for (String name :
                new String[] {"model.yaml", "model.onnx", "labels.txt", "golden/street.png", "golden/street.yaml"}) {
            Files.copy(TestingStreet.model().resolve(name), copy.resolve(name));
        }
    }

    private void replace(String file, String from, String to) throws Exception {
        Path path = copy.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    @Test
    void theProjectsDetectorFindsWhatItMust() throws Exception {
        ModelReport report = ModelVerifier.verify(TestingStreet.model(), folders);
        assertThat(report.lines()).last().isEqualTo("good");
        assertThat(report.pictures().getFirst().found()).hasSize(3);
    }

    @Test
    void aWrongExpectationIsADifference() throws Exception {
        replace("golden/street.yaml", "label: car", "label: bus");
        ModelReport report = ModelVerifier.verify(copy, folders);
        assertThat(report.isGood()).isFalse();
        assertThat(report.pictures().getFirst().differences())
                .hasSize(2)
                .anySatisfy(d -> assertThat(d).contains("not found: bus"))
                .anySatisfy(d -> assertThat(d).contains("not expected: car"));
    }

    @Test
    void labelsThatDoNotFitTheNetworkAreRefusedBeforeAnyJob() throws Exception {
        Files.write(copy.resolve("labels.txt"), "person\nbicycle\ncar\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ModelVerifier.verify(copy, folders))
                .isInstanceOf(BadModelException.class)
                .hasMessageContaining("labels, strides or bins of model.yaml do not fit");
    }

    @Test
    void anOutputThatTheNetworkDoesNotHaveIsNamed() throws Exception {
        replace("model.yaml", "scores: scores", "scores: cls");
        assertThatThrownBy(() -> ModelVerifier.verify(copy, folders))
                .isInstanceOf(BadModelException.class)
                .hasMessageContaining("no output 'cls'")
                .hasMessageContaining("distances");
    }
}
