package io.fengsui.hub.notify;

/** Messages for tests of the channels. */
public final class TestDeliveries {
    private TestDeliveries() {}

    /** One that waits and tells of a fire. */
    public static Delivery waiting(String id) {
        return DeliveryTest.planned(id);
    }
}
