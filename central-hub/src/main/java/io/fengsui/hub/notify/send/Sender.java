package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TryOutcome;
import java.time.Instant;

/** Sends by one channel. Blocks, for {@value #LONGEST_SECONDS} s at most; thread-safe. */
interface Sender extends AutoCloseable {
    int LONGEST_SECONDS = 20;

    /** @param detail for the log of deliveries; never a secret */
    record Result(TryOutcome outcome, String detail) {}

    Result send(Delivery delivery, Instant now) throws InterruptedException;

    @Override
    default void close() {}
}
