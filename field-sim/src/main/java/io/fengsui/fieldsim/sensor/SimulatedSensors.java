package io.fengsui.fieldsim.sensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.fieldsim.truth.Happening;
import io.fengsui.fieldsim.truth.TruthLine;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what scripted sensors measure: each at its period, and at once when an alarm begins or ends. Quiet until
 * {@link #begin}. All work is on the thread {@code sensors}.
 */
public final class SimulatedSensors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedSensors.class);
    private static final long TICK_MILLIS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TimeSource time;
    private final MqttPeer peer;
    private final Consumer<TruthLine> truth;
    private final List<Sensor> sensors;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(RoleThreads.factory("sensors"));
    private final LongAdder published = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile long beginNanos;
    private volatile boolean hasBegun;

    public SimulatedSensors(
            List<SensorScript> scripts,
            String brokerUri,
            @Nullable BrokerLogin login,
            TimeSource time,
            Consumer<TruthLine> truth)
            throws IOException {
        this.time = time;
        this.truth = truth;
        this.sensors = scripts.stream().map(Sensor::new).toList();
        this.peer = new MqttPeer(brokerUri, "field-sim-sensors", login, (topic, payload) -> {});
        thread.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The scripts' time starts now. */
    public void begin() {
        Instant wall = time.wall();
        sensors.forEach(sensor -> sensor.plan(wall));
        beginNanos = time.steadyNanos();
        hasBegun = true;
    }

    public long published() {
        return published.sum();
    }

    /** Messages that the client did not take; the next report of the sensor tells the same. */
    public long refused() {
        return refused.sum();
    }

    private void tick() {
        try {
            double seconds = hasBegun ? (time.steadyNanos() - beginNanos) / 1e9 : 0;
            Instant wall = time.wall();
            sensors.forEach(sensor -> sensor.tick(seconds, wall));
        } catch (RuntimeException e) {
            LOG.error("sensors stop", e);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        peer.close();
    }

    private final class Sensor {
        private final SensorScript script;
        private final boolean[] isAlarming;
        private long lastNanos;
        private boolean hasReported;

        Sensor(SensorScript script) {
            this.script = script;
            this.isAlarming = new boolean[script.alarms().size()];
        }

        void tick(double seconds, Instant wall) {
            boolean hasChanged = hasBegun && noteAlarms(seconds, wall);
            long now = time.steadyNanos();
            if (hasChanged || !hasReported || now - lastNanos >= (long) (script.everySeconds() * 1e9)) {
                hasReported = report(seconds, wall);
                lastNanos = now;
            }
        }

        void plan(Instant wall) {
            for (int i = 0; i < isAlarming.length; i++) {
                truth.accept(TruthLine.planned(happening(i), wall));
            }
        }

        private Happening happening(int alarm) {
            String kind = script.alarms().get(alarm).kind();
            return new Happening(script.id() + '-' + alarm, "sensor", script.id(), kind, "");
        }

        private boolean noteAlarms(double seconds, Instant wall) {
            boolean hasChanged = false;
            for (int i = 0; i < isAlarming.length; i++) {
                SensorScript.Alarm alarm = script.alarms().get(i);
                boolean is = script.isAlarming(alarm, seconds);
                if (is != isAlarming[i]) {
                    isAlarming[i] = is;
                    hasChanged = true;
                    TruthLine.Phase phase = is ? TruthLine.Phase.BEGUN : TruthLine.Phase.ENDED;
                    truth.accept(new TruthLine(happening(i), phase, wall, 0, List.of()));
                }
            }
            return hasChanged;
        }

        private boolean report(double seconds, Instant wall) {
            boolean isTaken = peer.publish(script.topic(), payload(script, seconds, wall));
            (isTaken ? published : refused).increment();
            return isTaken;
        }
    }

    static byte[] payload(SensorScript script, double seconds, Instant wall) {
        ObjectNode node = JSON.createObjectNode().put("id", script.id()).put("at", wall.toString());
        double value = script.value(seconds);
        if (script.type().isSwitch()) {
            node.put(script.type().field(), value > 0.5);
        } else {
            node.put(script.type().field(), Math.round(value * 1000) / 1000.0);
        }
        node.put("battery", 93);
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a reading of " + script.id(), e);
        }
    }
}
