package io.fengsui.edge.ops;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the metrics are served.
 *
 * @param host loopback unless {@code tls} and {@code token} are set
 * @param port 0 takes any free port
 * @param token file with the bearer token that a scraper must show
 */
public record OpsSettings(String host, int port, Optional<Tls> tls, Optional<Path> token) {
    /** A PKCS #12 key store with the server's key and certificate, and the file that holds its password. */
    public record Tls(Path keyStore, Path passwordFile) {}

    public OpsSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0..65535, not " + port);
        }
    }
}
