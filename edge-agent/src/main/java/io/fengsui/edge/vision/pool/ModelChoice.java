package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.protocol.link.ModelInUse;

/**
 * A model and the size of pictures that it is served with: the configured one when its network takes it, else its own.
 *
 * @param settings for workers that serve it
 */
record ModelChoice(ModelPackage model, VisionSettings settings) {
    static ModelChoice of(ModelPackage model, VisionSettings settings) {
        InputSize wanted = settings.input();
        InputSpec own = model.manifest().input();
        boolean isTaken = wanted.width() > 0 && own.canBe(wanted.width(), wanted.height());
        return new ModelChoice(model, settings.with(model.folder(), isTaken ? wanted : InputSize.OF_THE_MODEL));
    }

    ModelInUse inUse() {
        return model.manifest().model();
    }

    String told() {
        return inUse().name() + " version " + inUse().version();
    }
}
