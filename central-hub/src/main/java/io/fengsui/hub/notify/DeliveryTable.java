package io.fengsui.hub.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the outbox; used by the shard's writer inside its transaction. */
public interface DeliveryTable {
    /** How far back messages count when it is decided about the next one. */
    Duration LOOK_BACK = Duration.ofDays(1);

    /** So many of them at most, the newest. */
    int MOST_SENT = 1_000;

    @Nullable
    Delivery find(String id);

    /** What a contact was and will be told by a channel since then, oldest first; at most {@code limit}, the newest. */
    List<Sent> since(String contact, String channel, Instant since, int limit);

    void write(Collection<Delivery> deliveries);

    void log(Collection<Tried> tries);

    /** As much of a message as counts when it is decided about the next one. */
    record Sent(String id, String group, Instant due) {}

    /** @param detail what the receiver said, or what went wrong; no secrets */
    record Tried(String id, int number, Instant at, Duration took, TryOutcome outcome, String detail) {}
}
