package io.fengsui.edge.app;

import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.sensor.BrokerStateSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest word on each broker, for people to ask; hands each on. Thread-safe. */
final class BrokerBoard implements BrokerStateSink {
    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();
    private final BrokerStateSink next;

    /** What was said last. */
    record Line(String broker, BrokerState state, String reason, String detail) {}

    BrokerBoard(BrokerStateSink next) {
        this.next = next;
    }

    @Override
    public void onState(String broker, BrokerState state, String reason, String detail) {
        lines.put(broker, new Line(broker, state, reason, detail));
        next.onState(broker, state, reason, "MQTT broker " + broker + " " + detail);
    }

    /** Forgets brokers that are not configured any more; an outage of theirs ends. */
    void keep(List<String> brokers) {
        for (String broker : List.copyOf(lines.keySet())) {
            if (!brokers.contains(broker) && lines.remove(broker) != null) {
                next.onState(broker, BrokerState.CONNECTED, "removed", "not configured any more");
            }
        }
    }

    List<Line> lines() {
        return List.copyOf(lines.values());
    }

    boolean areAllConnected() {
        return lines.values().stream().allMatch(line -> line.state() == BrokerState.CONNECTED);
    }
}
