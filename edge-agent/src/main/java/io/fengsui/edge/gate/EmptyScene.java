package io.fengsui.edge.gate;

/**
 * A small picture is as the background was, at a tenth of a look's price. Where it was asked for to close what was there
 * ({@link GateReason#CLOSING}), or came while that was wanted, it is as good as a look that found nothing; where sizes had shown movement
 * and a part of the picture is hidden ({@link GateReason#MASKED}) it says why the camera did not wake.
 *
 * @param arrivalNanos steady clock at the picture's arrival
 * @param reason what it is good for
 */
public record EmptyScene(String camera, long generation, long arrivalNanos, GateReason reason) {
    /** Takes word of them. Called on the camera's event loop: must not block. */
    @FunctionalInterface
    public interface Sink {
        void onEmpty(EmptyScene scene);
    }
}
