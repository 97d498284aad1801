package io.fengsui.edge.decide;

/** Takes requests for pictures. Called on {@code decide}: never blocks. */
@FunctionalInterface
public interface PictureRequestSink {
    void request(PictureRequest request);
}
