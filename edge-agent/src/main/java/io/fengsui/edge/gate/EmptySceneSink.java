package io.fengsui.edge.gate;

/** Takes word of emptied scenes. Called on the camera's event loop: must not block. */
@FunctionalInterface
public interface EmptySceneSink {
    void onEmpty(EmptyScene scene);
}
