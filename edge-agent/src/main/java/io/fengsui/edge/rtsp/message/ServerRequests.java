package io.fengsui.edge.rtsp.message;

/** Cameras ask too, and some hang up when they get no answer. */
public final class ServerRequests {
    private static final String METHODS = "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, TEARDOWN";

    private ServerRequests() {}

    public static RtspMessage.Response answer(RtspMessage.Request request) {
        boolean isKnown = switch (request.method()) {
            case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "TEARDOWN" -> true;
            default -> false;
        };
        RtspHeaders headers = RtspHeaders.NONE;
        String cseq = request.headers().get("CSeq");
        if (cseq != null) {
            headers = headers.with("CSeq", cseq);
        }
        headers = headers.with("Public", METHODS);
        return new RtspMessage.Response(isKnown ? 200 : 501, isKnown ? "OK" : "Not Implemented", headers, new byte[0]);
    }
}
