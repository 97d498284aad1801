package io.fengsui.edge.vision;

import java.io.IOException;

/** There will be no picture, for a cause that another attempt now would not change. */
public final class NoPictureException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** Its pictures ended workers, and it is left out. */
        QUARANTINED,
        /** It streams nothing that a picture could be made of. */
        NO_STREAM,
        /** Nobody looks at any camera. */
        VISION_OFF
    }

    private final Cause why;

    public NoPictureException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
