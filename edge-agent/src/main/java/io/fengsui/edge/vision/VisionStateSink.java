package io.fengsui.edge.vision;

/**
 * Is told when a worker's state changes, or a camera is left out: for health events and readiness. Called on {@code vision-io}:
 * must not block.
 */
@FunctionalInterface
public interface VisionStateSink {
    /**
     * @param worker number of the worker, from 0
     * @param reason stable code of the cause, such as {@code started}, {@code exited}, {@code job_timeout},
     *     {@code model_refused}
     * @param detail for people
     */
    void onState(int worker, VisionState state, String reason, String detail);

    /** A camera is left out since its pictures ended workers, or is looked at again. */
    default void onQuarantine(Quarantine quarantine) {}

    /** Whether a camera can be looked at again shows at its next look: it had better come soon. */
    default void onTrial(String camera) {}
}
