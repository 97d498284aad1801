package io.fengsui.edge.app;

import io.fengsui.edge.decide.HealthNotice;
import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.sensor.BrokerStateSink;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The newest word on each broker, and a health notice when one goes or comes back. Thread-safe. */
final class BrokerBoard implements BrokerStateSink {
    private static final EventKind OFFLINE = new EventKind("health.broker.offline");

    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();
    private final String edge;
    private final Consumer<HealthNotice> notices;

    /** What was said last. */
    record Line(String broker, BrokerState state, String reason, String detail) {}

    BrokerBoard(String edge, Consumer<HealthNotice> notices) {
        this.edge = edge;
        this.notices = notices;
    }

    @Override
    public void onState(String broker, BrokerState state, String reason, String detail) {
        lines.put(broker, new Line(broker, state, reason, detail));
        boolean isOffline = state == BrokerState.OFFLINE;
        notices.accept(new HealthNotice(
                OFFLINE,
                Severity.MAJOR,
                Source.edge(edge),
                broker,
                isOffline,
                reason,
                "MQTT broker " + broker + " " + detail));
    }

    /** Forgets brokers that are not configured any more. */
    void keep(List<String> brokers) {
        lines.keySet().retainAll(brokers);
    }

    List<Line> lines() {
        return List.copyOf(lines.values());
    }

    boolean areAllConnected() {
        return lines.values().stream().allMatch(line -> line.state() == BrokerState.CONNECTED);
    }
}
