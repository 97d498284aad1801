package io.fengsui.fieldsim.camera;

/** An oddity seen in real cameras that a client has to live with, or has to report and leave alone. */
public enum Quirk {
    /** The reply to DESCRIBE has a Content-Base without scheme and host. */
    RELATIVE_CONTENT_BASE,
    /** The reply to DESCRIBE has no Content-Base. */
    NO_CONTENT_BASE,
    /** The reply to PLAY has no RTP-Info. */
    NO_RTP_INFO,
    /** The reply to SETUP names other channels than asked for. */
    OTHER_INTERLEAVED,
    /** The reply to SETUP names no channels. */
    NO_INTERLEAVED,
    /** No packet has the marker bit: a picture ends where the time stamp changes. */
    NO_MARKER,
    /** Packets come before the reply to PLAY. */
    DATA_BEFORE_PLAY_REPLY,
    /** Lines of replies end with LF alone. */
    LINE_FEED_ONLY,
    /** Parameter sets are in the description only, never among the packets. */
    PARAMETER_SETS_OUT_OF_BAND,
    /** Parameter sets are among the packets only, not in the description. */
    PARAMETER_SETS_IN_BAND,
    /** The description offers no H.264. */
    NO_KNOWN_VIDEO,
    /** Any request is answered with bytes that are no RTSP. */
    GARBAGE,
    /** SETUP is refused with 453 Not Enough Bandwidth. */
    REFUSES_453
}
