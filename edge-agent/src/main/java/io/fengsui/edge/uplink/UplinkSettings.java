package io.fengsui.edge.uplink;

import io.fengsui.protocol.link.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the hub is, how it is known, and how patiently it is called. */
public record UplinkSettings(String host, int port, Security security, Timing timing) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /**
     * How the two sides know each other.
     *
     * @param isPlaintext without TLS: to loopback only
     * @param caFile certificates (PEM) that sign the hub's; null for those of the Java platform
     * @param tokenFile holds the bearer token, read again at each connection; null for none
     * @param certificateFile own certificate chain (PEM) for mutual TLS; null for none
     * @param keyFile key of that certificate (PEM, PKCS 8)
     */
    public record Security(
            boolean isPlaintext,
            @Nullable Path caFile,
            @Nullable Path tokenFile,
            @Nullable Path certificateFile,
            @Nullable Path keyFile) {
        public static final Security PLAINTEXT = new Security(true, null, null, null, null);

        public Security {
            if ((certificateFile == null) != (keyFile == null)) {
                throw new IllegalArgumentException("a certificate and its key come together");
            }
        }
    }

    /**
     * When to try again and when to give a silent hub up.
     *
     * @param firstRetry ceiling of the first wait; doubles up to {@code longestRetry}, with full jitter
     * @param greeting how long the hub may take to answer a hello
     * @param keepalive of the connection; a dead peer is found within twice that
     */
    public record Timing(Duration firstRetry, Duration longestRetry, Duration greeting, Duration keepalive) {
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(15));

        private static final Duration LONGEST_ASKED_WAIT = Duration.ofHours(1);

        /** At least as long as the hub asks, within reason; a refusal that only people can end is tried at the longest wait. */
        Duration after(Refusal refusal, Duration jittered) {
            Duration own = switch (refusal.cause()) {
                case UNKNOWN_EDGE, VERSION, FORK, MALFORMED -> longestRetry;
                case DUPLICATE_SESSION, OVERLOADED, ELSEWHERE -> jittered;
            };
            Duration asked =
                    refusal.retryAfter().compareTo(LONGEST_ASKED_WAIT) > 0 ? LONGEST_ASKED_WAIT : refusal.retryAfter();
            // The jitter is added, so that a thousand edges that were told one time do not come at that time.
            return asked.isZero() ? own : asked.plus(jittered);
        }
    }

    public UplinkSettings {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a hub has a host and a port of 1..65535, not '" + host + "':" + port);
        }
        if (security.isPlaintext() && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException("'" + host + "' is not this machine: without TLS only localhost,"
                    + " 127.0.0.1 or ::1 can be called");
        }
    }
}
