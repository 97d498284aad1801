package io.fengsui.edge.decide.health;

import io.fengsui.protocol.value.Reading;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The newest reading of each quantity of each sensor that was heard since the start. At most {@value #MAX_QUANTITIES}
 * quantities of a sensor and {@value #MAX_SENSORS} sensors. Confined to {@code decide}.
 */
public final class LatestReadings {
    static final int MAX_QUANTITIES = 32;
    static final int MAX_SENSORS = 8192;

    /** What a sensor says of itself is not what it measures. */
    private static final Set<String> OF_ITSELF = Set.of("battery", "signal", "battery-low", "rssi", "snr");

    private final Map<String, Map<String, Reading>> newest = new HashMap<>();

    public void heard(Reading reading) {
        Map<String, Reading> ofSensor = newest.get(reading.sensor());
        if (ofSensor == null) {
            if (newest.size() >= MAX_SENSORS) {
                return;
            }
            ofSensor = new LinkedHashMap<>();
            newest.put(reading.sensor(), ofSensor);
        }
        if (ofSensor.size() < MAX_QUANTITIES || ofSensor.containsKey(reading.quantity())) {
            ofSensor.put(reading.quantity(), reading);
        }
    }

    /** @param quantity empty for whatever was heard last, battery and signal aside */
    public Optional<Reading> of(String sensor, String quantity) {
        Map<String, Reading> ofSensor = newest.getOrDefault(sensor, Map.of());
        return quantity.isEmpty()
                ? ofSensor.values().stream()
                        .filter(reading -> !OF_ITSELF.contains(reading.quantity()))
                        .max(Comparator.comparingLong(reading -> reading.at().steadyNanos()))
                : Optional.ofNullable(ofSensor.get(quantity));
    }

    public void carry(LatestReadings before) {
        newest.putAll(before.newest);
    }
}
