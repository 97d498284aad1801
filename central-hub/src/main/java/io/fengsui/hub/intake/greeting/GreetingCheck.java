package io.fengsui.hub.intake.greeting;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the spool that greets is the one whose records the hub has. The hub's positions rule, even when older
 * than what the edge was once told (a hub restored from backup); a past that differs is a fork. Pure.
 */
public final class GreetingCheck {
    private GreetingCheck() {}

    /** @param positions what is committed of the hello's epoch, one for each lane */
    public static Greeting check(Hello hello, List<LanePosition> positions, @Nullable String forkedEpoch) {
        if (hello.protocolVersion() != Hello.PROTOCOL_VERSION) {
            return new Greeting.Refused(
                    Refusal.Cause.VERSION,
                    GreetingReason.VERSION,
                    "this hub speaks version " + Hello.PROTOCOL_VERSION + " and not " + hello.protocolVersion());
        }
        if (hello.identity().epoch().equals(forkedEpoch)) {
            return new Greeting.Refused(
                    Refusal.Cause.FORK,
                    GreetingReason.EPOCH_FORKED,
                    "epoch " + forkedEpoch + " was seen on two boxes; give the edge a new spool");
        }
        for (LanePosition position : positions) {
            LaneState held = laneOf(hello, position.lane());
            Greeting.Refused refused = held == null ? behind(position) : check(position, held);
            if (refused != null) {
                return refused;
            }
        }
        return new Greeting.Served(positions);
    }

    private static @Nullable LaneState laneOf(Hello hello, Lane lane) {
        return hello.lanes().stream()
                .filter(state -> state.lane() == lane)
                .findFirst()
                .orElse(null);
    }

    private static Greeting.@Nullable Refused check(LanePosition position, LaneState held) {
        if (held.last() < position.position()) {
            return behind(position);
        }
        Sha256 own = held.acknowledgedHash();
        if (held.acknowledged() == position.position() && !own.isNone() && !isSame(own, position.prefixHash())) {
            return new Greeting.Refused(
                    Refusal.Cause.FORK,
                    GreetingReason.PREFIX_DIFFERS,
                    "lane " + position.lane() + " has another past up to " + position.position());
        }
        if (held.first() > position.position() + 1) {
            return new Greeting.Refused(
                    Refusal.Cause.MALFORMED,
                    GreetingReason.RECORDS_GONE,
                    "lane " + position.lane() + " is needed from " + (position.position() + 1) + " but is held from "
                            + held.first() + " only; give the edge a new spool");
        }
        return null;
    }

    /** Before the first record stands 32 zero bytes, which may be told as no hash. */
    private static boolean isSame(Sha256 own, Sha256 committed) {
        return committed.isNone() ? own.isNone() || own.equals(Sha256.of(new byte[32])) : own.equals(committed);
    }

    private static Greeting.@Nullable Refused behind(LanePosition position) {
        if (position.position() == 0) {
            return null;
        }
        return new Greeting.Refused(
                Refusal.Cause.FORK,
                GreetingReason.SPOOL_BEHIND,
                "lane " + position.lane() + " ends before " + position.position() + ", which the hub has of it");
    }
}
