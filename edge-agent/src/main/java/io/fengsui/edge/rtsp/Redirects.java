package io.fengsui.edge.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera may send us: to another path or port of its own host, and nowhere else. Credentials go with us, and a
 * camera must not make the box connect to its neighbours.
 */
public final class Redirects {
    /** In a row; more is a circle. */
    static final int MAX_IN_A_ROW = 3;

    private Redirects() {}

    static @Nullable URI target(URI from, @Nullable String location) {
        if (location == null) {
            return null;
        }
        try {
            URI to = from.resolve(new URI(location.strip()));
            boolean isSame = "rtsp".equalsIgnoreCase(to.getScheme())
                    && from.getHost().equalsIgnoreCase(to.getHost())
                    && to.getRawUserInfo() == null
                    && to.getPort() != 0
                    && to.getPort() <= 65_535;
            return isSame ? to : null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
