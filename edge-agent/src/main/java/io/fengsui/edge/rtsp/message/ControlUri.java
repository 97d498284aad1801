package io.fengsui.edge.rtsp.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address to SETUP and PLAY by, as text: cameras are written against clients that join strings (live555,
 * FFmpeg), not against RFC 3986. The result is only ever sent on the connection that is there; nothing is connected to
 * because a camera named it.
 */
public final class ControlUri {
    private static final String SCHEME = "rtsp://";
    private static final int MAX_LENGTH = 2048;

    private ControlUri() {}

    /**
     * The base of a session description: Content-Base, which cameras send without scheme, with two of them, as a path or
     * as an IPv6 address without brackets; otherwise the address that was asked.
     */
    public static String base(@Nullable String contentBase, String requestUri) {
        if (contentBase == null || contentBase.isBlank() || contentBase.length() > MAX_LENGTH) {
            return requestUri;
        }
        String base = contentBase.strip();
        while (hasScheme(base) && hasScheme(base.substring(SCHEME.length()))) {
            base = base.substring(SCHEME.length());
        }
        if (base.startsWith("/")) {
            return authority(requestUri) + base;
        }
        if (!base.contains("://")) {
            base = SCHEME + base;
        }
        return hasScheme(base) && !isBareIpv6(base) ? base : requestUri;
    }

    /** The control attribute of a media, joined with the base; {@code *} and none at all are the base itself. */
    public static String join(String base, @Nullable String control) {
        if (control == null || control.isBlank() || control.strip().equals("*") || control.length() > MAX_LENGTH) {
            return base;
        }
        String relative = control.strip();
        if (relative.contains("://")) {
            return relative;
        }
        if (relative.startsWith("/")) {
            return authority(base) + relative;
        }
        if (relative.startsWith("?") || base.endsWith("/")) {
            return base + relative;
        }
        return base + "/" + relative;
    }

    private static boolean hasScheme(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    private static String authority(String uri) {
        int slash = uri.indexOf('/', SCHEME.length());
        return slash < 0 ? uri : uri.substring(0, slash);
    }

    private static boolean isBareIpv6(String uri) {
        String authority = authority(uri).substring(SCHEME.length());
        return !authority.startsWith("[")
                && authority.chars().filter(c -> c == ':').count() > 1;
    }
}
