package io.fengsui.edge.rtsp.message;

/** Bytes that no RTSP message is, or a message over our caps. Has no stack trace: it comes from outside, often. */
public final class MalformedRtspException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRtspException(String message) {
        super(message, null, false, false);
    }
}
