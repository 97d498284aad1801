package io.fengsui.edge.rtsp;

/** Why a session ended or never began. The label is stable: it goes into states, metrics and events. */
public enum CloseReason {
    /** We ended it. */
    CLOSED("closed"),
    UNKNOWN_HOST("unknown_host"),
    CONNECT_REFUSED("connect_refused"),
    CONNECT_TIMEOUT("connect_timeout"),
    /** The network says that there is no way there. */
    UNREACHABLE("unreachable"),
    RESPONSE_TIMEOUT("response_timeout"),
    /** Our credentials were refused. */
    UNAUTHORIZED("unauthorized"),
    /** The camera wants credentials and we have none. */
    CREDENTIALS_NEEDED("credentials_needed"),
    /** The camera offers only Basic, which sends the password readable, and the settings do not allow it. */
    BASIC_NOT_ALLOWED("basic_not_allowed"),
    /** The camera offers no way of authentication that we know. */
    AUTHENTICATION_UNKNOWN("authentication_unknown"),
    /** The camera serves as many as it can (453, 503). */
    BUSY("busy"),
    NOT_FOUND("not_found"),
    /** Another status than the ones above. */
    REFUSED("refused"),
    /** The camera does not send RTP over TCP. */
    TRANSPORT_REFUSED("transport_refused"),
    /** No H.264 or H.265 video in the session description. */
    NO_KNOWN_VIDEO("no_known_video"),
    /** Sent elsewhere, to where the settings do not point, or in circles. */
    REDIRECT_REFUSED("redirect_refused"),
    /** Not RTSP, or over our caps. */
    BAD_MESSAGE("bad_message"),
    /** The camera closed the connection. */
    CONNECTION_LOST("connection_lost"),
    /** The camera ended the session in words. */
    ENDED_BY_CAMERA("ended_by_camera"),
    /** A fault of ours. */
    INTERNAL("internal");

    private final String label;

    CloseReason(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
