package io.fengsui.hub.console;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How the console is served.
 *
 * @param zone in which people read times
 * @param maxStreams open event streams at once; more are refused
 * @param heartbeat a comment on each quiet stream, so that proxies keep it
 * @param slowest how long one write to a stream may take before it is cut
 * @param shards shards whose changes are shown: 0 to this, exclusive
 */
public record ConsoleSettings(ZoneId zone, int maxStreams, Duration heartbeat, Duration slowest, int shards) {
    public static final ConsoleSettings DEFAULT =
            new ConsoleSettings(ZoneId.of("Asia/Shanghai"), 64, Duration.ofSeconds(15), Duration.ofSeconds(10), 1);

    public ConsoleSettings {
        if (maxStreams < 1 || maxStreams > 10_000) {
            throw new IllegalArgumentException("max-streams is 1 to 10000, not " + maxStreams);
        }
        if (heartbeat.toMillis() < 10 || slowest.toMillis() < 10) {
            throw new IllegalArgumentException("heartbeat and slowest are 10 ms or more");
        }
        if (shards < 1 || shards > 1_024) {
            throw new IllegalArgumentException("shards is 1 to 1024, not " + shards);
        }
    }
}
