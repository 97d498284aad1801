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

    /** Labels of the model. Throws with what is wrong when it cannot be served. */
    Set<String> labels(Path folder) throws BadModelException;
}
