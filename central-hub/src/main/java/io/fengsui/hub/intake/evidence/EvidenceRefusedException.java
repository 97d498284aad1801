package io.fengsui.hub.intake.evidence;

/** Evidence that will never be taken as it was offered; the text says why. */
public final class EvidenceRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvidenceRefusedException(String message) {
        super(message);
    }
}
