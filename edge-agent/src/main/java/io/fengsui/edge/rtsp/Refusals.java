package io.fengsui.edge.rtsp;

/** What an unsuccessful answer means to us, and how to say it to people. */
final class Refusals {
    private static final int MAX_TEXT = 80;

    private Refusals() {}

    static CloseReason reason(int status) {
        return switch (status) {
            case 403 -> CloseReason.UNAUTHORIZED;
            case 404 -> CloseReason.NOT_FOUND;
            case 453, 503 -> CloseReason.BUSY;
            case 461 -> CloseReason.TRANSPORT_REFUSED;
            default -> CloseReason.REFUSED;
        };
    }

    /** Text from a camera, short and without anything that could mean something to a terminal or a page. */
    static String printable(String text) {
        String clean = text.replaceAll("[^\\p{L}\\p{N} .,/_()-]", "?");
        return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
    }
}
