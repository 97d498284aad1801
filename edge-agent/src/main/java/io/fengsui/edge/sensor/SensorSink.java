package io.fengsui.edge.sensor;

/** Takes sensor messages. Called on {@code mqtt} threads: must not block; when it refuses, acknowledging stops. */
@FunctionalInterface
public interface SensorSink {
    boolean offer(SensorMessage message);
}
