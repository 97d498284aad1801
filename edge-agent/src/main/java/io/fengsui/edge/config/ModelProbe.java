package io.fengsui.edge.config;

import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.ModelPackage;
import java.nio.file.Path;
import java.util.Set;

/** Looks into a model's folder: whether it can be served, and what it can see. */
@FunctionalInterface
public interface ModelProbe {
    /** Reads manifest, labels and network, whose hash must be the manifest's. */
    ModelProbe FULL = folder -> Set.copyOf(ModelPackage.load(folder).labels());

    /** Like another, but a model that cannot be served has the labels that its manifest names; none when even those are bad. */
    static ModelProbe whatIsKnown(ModelProbe strict) {
        return folder -> {
            try {
                return strict.labels(folder);
            } catch (BadModelException e) {
                return described(folder);
            }
        };
    }

    private static Set<String> described(Path folder) {
        try {
            return Set.copyOf(ModelPackage.describe(folder).labels());
        } catch (BadModelException e) {
            return Set.of();
        }
    }

    /** Labels of the model. Throws with what is wrong when it cannot be served. */
    Set<String> labels(Path folder) throws BadModelException;
}
