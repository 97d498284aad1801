package io.fengsui.edge.vision.model;

import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code model.yaml} says.
 *
 * @param model its name and version, and the hash of {@code file}
 * @param file the network, ONNX, within the package's folder
 * @param labelsFile one label a line, in the order of the network's classes
 * @param outputs names of the network's outputs by their role in the family
 * @param golden pictures with what must be found in them
 */
public record ModelManifest(
        ModelInUse model,
        ModelFamily family,
        String licence,
        String file,
        String labelsFile,
        InputSpec input,
        Map<String, String> outputs,
        Reading reading,
        List<Golden> golden) {

    /**
     * How outputs become detections.
     *
     * @param strides pixels of a grid cell, one grid each
     * @param bins of a side's distribution; 0 where the family has none
     * @param score least score of a detection
     * @param nmsIou two boxes of one class that overlap more are one
     */
    public record Reading(List<Integer> strides, int bins, float score, float nmsIou, int maxDetections) {
        public Reading {
            strides = List.copyOf(strides);
            if (strides.isEmpty() || strides.stream().anyMatch(s -> s < 1 || s > 256)) {
                throw new IllegalArgumentException("strides need one value or more, each 1 to 256");
            }
            if (bins < 0 || bins > 64) {
                throw new IllegalArgumentException("bins is 0 to 64, not " + bins);
            }
            if (!(score > 0 && score < 1) || !(nmsIou > 0 && nmsIou <= 1)) {
                throw new IllegalArgumentException("score and nms-iou are between 0 and 1");
            }
            if (maxDetections < 1 || maxDetections > 1000) {
                throw new IllegalArgumentException("max-detections is 1 to 1000, not " + maxDetections);
            }
        }
    }

    /** A picture within the folder, and the file that says what must be found in it. */
    public record Golden(String picture, String expected) {}

    public ModelManifest {
        Checks.id("licence", licence);
        outputs = Map.copyOf(outputs);
        golden = List.copyOf(golden);
        if (!outputs.keySet().equals(Set.copyOf(family.outputs()))) {
            throw new IllegalArgumentException(
                    "family " + family + " needs the outputs " + family.outputs() + ", not " + outputs.keySet());
        }
        if (family == ModelFamily.NANODET && reading.bins() < 2) {
            throw new IllegalArgumentException("family NANODET needs bins of 2 or more");
        }
    }

    /** Hash that the network's file must have. */
    public Sha256 sha256() {
        return model.sha256();
    }
}
