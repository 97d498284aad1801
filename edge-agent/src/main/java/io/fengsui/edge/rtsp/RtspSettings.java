package io.fengsui.edge.rtsp;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one camera's stream.
 *
 * @param uri {@code rtsp://host[:port]/path} without user and password; sent as it is written
 * @param isBasicAllowed whether the password may be sent readable when the camera offers nothing better
 */
public record RtspSettings(
        URI uri,
        @Nullable Credentials credentials,
        boolean isBasicAllowed,
        Duration connectTimeout,
        Duration responseTimeout) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private static final int DEFAULT_PORT = 554;

    public RtspSettings {
        if (uri.getScheme() == null || !uri.getScheme().toLowerCase(Locale.ROOT).equals("rtsp")) {
            throw new IllegalArgumentException("a camera's address starts with rtsp://");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("user and password do not belong into a camera's address");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a camera's address needs a host: rtsp://host[:port]/path");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + uri.getPort());
        }
        if (!connectTimeout.isPositive() || !responseTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts are longer than nothing");
        }
    }

    /** With the usual timeouts and without Basic. */
    public static RtspSettings of(URI uri, @Nullable Credentials credentials) {
        return new RtspSettings(uri, credentials, false, CONNECT_TIMEOUT, RESPONSE_TIMEOUT);
    }

    RtspSettings withUri(URI other) {
        return new RtspSettings(other, credentials, isBasicAllowed, connectTimeout, responseTimeout);
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }
}
