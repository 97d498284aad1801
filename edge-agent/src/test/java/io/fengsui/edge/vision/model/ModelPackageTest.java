package io.fengsui.edge.vision.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.protocol.value.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPackageTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copyThePackage() throws IOException {
        for (String name : new String[] {"model.yaml", "model.onnx", "labels.txt"}) {
            Files.copy(TestingStreet.model().resolve(name), folder.resolve(name));
        }
    }

    private void replace(String from, String to) throws IOException {
        Path file = folder.resolve("model.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nanodet-g", "nanodet-g-int8"})
    void theProjectsDetectorsAreUsable(String name) throws Exception {
        ModelPackage model = ModelPackage.load(
                TestingStreet.root().resolve("models").resolve(name).resolve("1"));
        assertThat(model.manifest().model().name()).isEqualTo(name);
        assertThat(model.labels()).hasSize(80).startsWith("person", "bicycle", "car");
        assertThat(model.readGolden())
                .hasSize(1)
                .allSatisfy(g -> assertThat(g.expected()).hasSize(3));
        assertThat(model.manifest().input().resized(320, 192).height()).isEqualTo(192);
        assertThatThrownBy(() -> model.manifest().input().resized(320, 180)).hasMessageContaining("multiples of 32");
    }

    @Test
    void anotherNetworkThanTheManifestsIsRefusedWithBothHashes() throws Exception {
        byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
        model[model.length / 2] ^= 1;
        Files.write(folder.resolve("model.onnx"), model);
        assertThatThrownBy(() -> ModelPackage.load(folder))
                .isInstanceOf(BadModelException.class)
                .hasMessageContaining(folder.resolve("model.onnx").toString())
                .hasMessageContaining("expected sha256 a9b411fa")
                .hasMessageContaining("found " + Sha256.hashOf(model))
                .hasMessageContaining("copy the package again");
    }

    @Test
    void everyProblemOfAManifestIsToldAtOnceWithItsLine() throws Exception {
        replace("family: nanodet ", "family: nanodot ");
        replace("pad: 0", "pad: 300");
        replace("nms-iou: 0.5", "nms-io: 0.5");
        assertThatThrownBy(() -> ModelPackage.load(folder))
                .isInstanceOf(BadModelException.class)
                .hasMessageContaining("nanodet (one of nanodet, yolox, fastestdet)")
                .hasMessageContaining("300 is out of range")
                .hasMessageContaining("unknown key; write 'nms-iou'")
                .hasMessageContaining("model.yaml:5:9");
    }

    @Test
    void aFileOutsideThePackageIsRefused() throws Exception {
        replace("file: model.onnx", "file: ../model.onnx");
        assertThatThrownBy(() -> ModelPackage.load(folder)).hasMessageContaining("a file in the model's folder");
    }

    @Test
    void aMissingOutputIsNamed() throws Exception {
        replace("  scores: scores", "  points: scores");
        assertThatThrownBy(() -> ModelPackage.load(folder))
                .hasMessageContaining("needs the outputs [scores, distances]");
    }

    @Test
    void aFolderWithoutAManifestIsNamed() {
        assertThatThrownBy(() -> ModelPackage.load(folder.resolve("nothing")))
                .hasMessageContaining("there is no model package in");
    }

    @Test
    void aLabelTwiceIsRefused() throws Exception {
        Files.writeString(folder.resolve("labels.txt"), "person\ncar\nperson\n");
        assertThatThrownBy(() -> ModelPackage.load(folder)).hasMessageContaining("has a label twice");
    }

    @Test
    void tensorsInOtherFilesAreRefused() {
        // ModelProto.graph / GraphProto.initializer / TensorProto.external_data {key: "location", value: "/etc/passwd"}
        byte[] entry = join(
                field(1, "location".getBytes(StandardCharsets.UTF_8)),
                field(2, "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
        byte[] model = field(7, field(5, field(13, entry)));
        assertThatThrownBy(() -> OnnxFile.check(Path.of("model.onnx"), model))
                .isInstanceOf(BadModelException.class)
                .hasMessageContaining("keeps tensors in other files");
        // The same hidden in the subgraph of a node's attribute.
        byte[] nested = field(7, field(1, field(5, field(6, field(5, field(13, entry))))));
        assertThatThrownBy(() -> OnnxFile.check(Path.of("model.onnx"), nested))
                .hasMessageContaining("keeps tensors in other files");
    }

    @Test
    void whatIsNotProtobufIsRefused() {
        byte[] html = "<html>not found</html>".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> OnnxFile.check(Path.of("model.onnx"), html))
                .hasMessageContaining("is not an ONNX file");
    }

    private static byte[] field(int number, byte[] content) {
        return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
