package io.fengsui.hub.notify;

import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.util.List;

/** Messages for tests of the channels. */
public final class TestDeliveries {
    private TestDeliveries() {}

    /** One that waits and tells of a fire. */
    public static Delivery waiting(String id) {
        return DeliveryTest.planned(id);
    }

    /** One that waits and tells that the fire is done, so long after its ticket was opened. */
    public static Delivery done(String id, Duration after) {
        Delivery waiting = waiting(id);
        Notice opened = waiting.notices().getFirst();
        Notice.About about = opened.about();
        Notice.Stand stand = new Notice.Stand("closed", new Name("结案", "closed"), "", true);
        Notice closed = new Notice(
                NoticeKind.CLOSED,
                opened.ticket(),
                9,
                opened.at().plus(after),
                new Name("已办结", "done"),
                new Notice.About(
                        about.title(),
                        about.kind(),
                        about.severity(),
                        stand,
                        about.grid(),
                        about.place(),
                        about.opened()));
        return new Delivery(id, waiting.address(), List.of(closed), 0, waiting.plan(), waiting.run());
    }
}
