package io.fengsui.edge.sensor;

import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.profile.reading.Heard.Standing;
import io.fengsui.edge.sensor.SensorMessage.PresenceWord;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Gathers what one MQTT message means for sensors. Acknowledged once all of that is on disk. Made for one message. */
final class Interpretation {
    /** How much of a payload that is no reading is kept. */
    static final int KEPT_BYTES = 4096;

    private final String broker;
    private final Arrived message;
    private final List<Function<Runnable, SensorMessage>> found = new ArrayList<>();
    private final List<Heard.Ask> asks = new ArrayList<>();

    /** Sensors of all profiles: a gateway that went is one word, however many profiles speak through it. */
    private final Map<String, Set<String>> behindGateways = new HashMap<>();

    private String unknownDevice = "";
    private boolean isOfNoInterest;

    Interpretation(String broker, Arrived message) {
        this.broker = broker;
        this.message = message;
    }

    /** @param devices the sensors of each device */
    void take(Heard heard, Map<String, List<SensorSettings>> devices) {
        List<SensorSettings> sensors = devices.getOrDefault(heard.device(), List.of());
        switch (heard) {
            case Heard.Measured measured -> {
                sensors.forEach(sensor -> found.add(ack -> input(sensor, measured, ack)));
                noteUnknown(sensors, measured.device());
            }
            case Heard.Presence presence -> presence(presence, sensors, devices);
            case Heard.Refused refused -> {
                String sensor = sensors.isEmpty() ? "" : sensors.getFirst().id();
                found.add(ack -> quarantined(sensor, refused.reason(), ack));
            }
            case Heard.Nothing nothing -> {
                isOfNoInterest |= !sensors.isEmpty();
                noteUnknown(sensors, nothing.device());
            }
            case Heard.Ask ask -> {
                boolean isNew = asks.stream().noneMatch(a -> a.topic().equals(ask.topic()));
                if (isNew) {
                    asks.add(ask);
                }
            }
            case Heard.Learned _ -> throw new IllegalArgumentException("lessons are learned by the router");
        }
    }

    private void noteUnknown(List<SensorSettings> sensors, String device) {
        if (sensors.isEmpty()) {
            unknownDevice = device;
        }
    }

    private void presence(
            Heard.Presence presence, List<SensorSettings> own, Map<String, List<SensorSettings>> devices) {
        Set<String> sensors =
                new LinkedHashSet<>(own.stream().map(SensorSettings::id).toList());
        devices.forEach((device, behind) -> {
            boolean isBehind = switch (presence.reach()) {
                case ITSELF -> false;
                case BELOW -> device.startsWith(presence.device() + "/");
                case ALL -> true;
            };
            if (isBehind) {
                behind.forEach(sensor -> sensors.add(sensor.id()));
            }
        });
        if (sensors.isEmpty()) {
            isOfNoInterest = true;
            return;
        }
        if (presence.reach() == Heard.Reach.ITSELF) {
            found.add(ack -> new PresenceWord(
                    List.copyOf(sensors), presence.isOnline(), "", presence.note(), message.at(), ack));
            return;
        }
        boolean isFirst = !behindGateways.containsKey(presence.device());
        behindGateways
                .computeIfAbsent(presence.device(), _ -> new LinkedHashSet<>())
                .addAll(sensors);
        if (isFirst) {
            found.add(ack -> new PresenceWord(
                    List.copyOf(behindGateways.getOrDefault(presence.device(), Set.of())),
                    presence.isOnline(),
                    presence.device(),
                    presence.note(),
                    message.at(),
                    ack));
        }
    }

    private SensorInput input(SensorSettings sensor, Heard.Measured measured, Runnable acknowledgement) {
        Quality quality = switch (measured.standing()) {
            case LIVE -> Quality.GOOD;
            case UNCERTAIN -> Quality.UNCERTAIN;
            case LATE, TEST, RETAINED -> Quality.BAD;
        };
        Reading reading =
                new Reading(sensor.id(), measured.quantity(), measured.value(), measured.unit(), quality, message.at());
        boolean isOfNow = measured.standing() == Standing.LIVE && measured.measuredAt() != null;
        return new SensorInput(reading, message.isRetained() && !isOfNow, acknowledgement);
    }

    private QuarantinedPayload quarantined(String sensor, String reason, Runnable acknowledgement) {
        byte[] payload = message.payload();
        byte[] kept = payload.length <= KEPT_BYTES ? payload : Arrays.copyOf(payload, KEPT_BYTES);
        return new QuarantinedPayload(broker, message.topic(), sensor, reason, kept, message.at(), acknowledgement);
    }

    /** Whatever it means, reading it failed. */
    TopicRouter.Routed unreadable(Throwable why, Runnable acknowledgement) {
        String reason = "could not be read: " + SensorMessage.shortly(why);
        return new TopicRouter.Routed(List.of(quarantined("", reason, acknowledgement)), List.of(), false);
    }

    /** @param isClaimed whether the topic is any profile's */
    TopicRouter.Routed routed(boolean isClaimed, Runnable acknowledgement, boolean hasNewTopics) {
        if (found.isEmpty() && !isOfNoInterest && !hasNewTopics) {
            String reason = unknownDevice.isEmpty()
                    ? "no sensor has this topic"
                    : "no sensor has the device '" + unknownDevice + "'";
            boolean isWorthKeeping = !isClaimed || !unknownDevice.isEmpty();
            if (isWorthKeeping) {
                found.add(ack -> quarantined("", reason, ack));
            }
        }
        if (found.isEmpty()) {
            acknowledgement.run();
            return new TopicRouter.Routed(List.of(), asks, hasNewTopics);
        }
        AtomicInteger open = new AtomicInteger(found.size());
        Runnable one = () -> {
            if (open.decrementAndGet() == 0) {
                acknowledgement.run();
            }
        };
        List<SensorMessage> messages =
                found.stream().map(make -> make.apply(one)).toList();
        return new TopicRouter.Routed(messages, asks, hasNewTopics);
    }
}
