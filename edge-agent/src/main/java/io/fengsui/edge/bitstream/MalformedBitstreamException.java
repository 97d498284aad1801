package io.fengsui.edge.bitstream;

/** Syntax that H.264 does not allow, or a size over our caps. Has no stack trace: it comes from outside, often. */
public final class MalformedBitstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedBitstreamException(String message) {
        super(message, null, false, false);
    }
}
