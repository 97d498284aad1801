package io.fengsui.edge.sensor;

import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the sensors of a topic and makes of one MQTT message what each of them says. The message is acknowledged once all
 * of these are on disk. Immutable.
 */
final class TopicRouter {
    /** How much of a payload that is no reading is kept. */
    static final int KEPT_BYTES = 4096;

    private final String broker;
    private final List<SensorSettings> sensors;

    TopicRouter(String broker, List<SensorSettings> sensors) {
        this.broker = broker;
        this.sensors = List.copyOf(sensors);
    }

    List<String> filters() {
        return sensors.stream().map(SensorSettings::topic).distinct().toList();
    }

    List<SensorMessage> route(Arrived message, Runnable acknowledgement) {
        List<SensorSettings> claiming = sensors.stream()
                .filter(sensor -> matches(sensor.topic(), message.topic()))
                .toList();
        if (claiming.isEmpty()) {
            return List.of(quarantined(message, "", "no sensor has this topic", acknowledgement));
        }
        AtomicInteger open = new AtomicInteger(claiming.size());
        Runnable one = () -> {
            if (open.decrementAndGet() == 0) {
                acknowledgement.run();
            }
        };
        List<SensorMessage> messages = new ArrayList<>(claiming.size());
        for (SensorSettings sensor : claiming) {
            messages.add(read(sensor, message, one));
        }
        return messages;
    }

    private SensorMessage read(SensorSettings sensor, Arrived message, Runnable acknowledgement) {
        try {
            return new SensorInput(PayloadReader.read(sensor, message), message.isRetained(), acknowledgement);
        } catch (PayloadReader.NotAReading e) {
            return quarantined(message, sensor.id(), String.valueOf(e.getMessage()), acknowledgement);
        } catch (RuntimeException e) {
            return quarantined(message, sensor.id(), "cannot be read: " + e, acknowledgement);
        }
    }

    private QuarantinedPayload quarantined(Arrived message, String sensor, String reason, Runnable acknowledgement) {
        byte[] payload = message.payload();
        byte[] kept = payload.length <= KEPT_BYTES ? payload : Arrays.copyOf(payload, KEPT_BYTES);
        return new QuarantinedPayload(broker, message.topic(), sensor, reason, kept, message.at(), acknowledgement);
    }

    /** MQTT 5.0 section 4.7: {@code +} is one level, a last {@code #} is the rest and the level above it. */
    static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        if (topic.startsWith("$") && !filter.startsWith("$")) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
