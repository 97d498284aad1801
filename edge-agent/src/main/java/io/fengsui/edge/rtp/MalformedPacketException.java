package io.fengsui.edge.rtp;

/** A packet that RTP or RTCP does not allow. Has no stack trace: it comes from outside, often. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
