package io.fengsui.hub.fleet;

import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the hub knows of one edge.
 *
 * @param forkedEpoch an epoch that was seen on two boxes and is not served any more; null when none
 * @param clockOffset edge's wall clock minus the hub's, as nearly as messages since the last hello tell
 * @param silentSince when it was last heard of, once it counts as silent; null while it does not
 */
public record Edge(
        Hello.Identity identity,
        Version version,
        Instant firstSeen,
        Instant lastSeen,
        Duration clockOffset,
        boolean isConnected,
        @Nullable Instant silentSince,
        @Nullable String forkedEpoch) {

    /** What runs on it. */
    public record Version(String software, int protocol, String configurationHash) {}

    /** The edge after a hello; {@code known} is null when it was never seen before. */
    public static Edge greeted(@Nullable Edge known, Hello hello, Duration clockOffset, Instant now) {
        return new Edge(
                hello.identity(),
                new Version(hello.softwareVersion(), hello.protocolVersion(), hello.configurationHash()),
                known == null ? now : known.firstSeen,
                now,
                clockOffset,
                true,
                null,
                known == null ? null : known.forkedEpoch);
    }

    public String id() {
        return identity.edge();
    }

    public String site() {
        return identity.site();
    }

    public Name siteName() {
        return identity.siteName();
    }

    /** Its clock was measured again. */
    public Edge measured(Duration offset) {
        return new Edge(identity, version, firstSeen, lastSeen, offset, isConnected, silentSince, forkedEpoch);
    }

    /** The connection has ended; whether that is silence is decided by a deadline. */
    public Edge left(Instant now) {
        return new Edge(identity, version, firstSeen, now, clockOffset, false, silentSince, forkedEpoch);
    }

    public Edge silent(Instant since) {
        return new Edge(identity, version, firstSeen, lastSeen, clockOffset, false, since, forkedEpoch);
    }

    public Edge forked(String epoch) {
        return new Edge(identity, version, firstSeen, lastSeen, clockOffset, isConnected, silentSince, epoch);
    }
}
