package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Source;
import java.time.Duration;
import java.util.Optional;

/** A part of the box, or something on its wires, that should work and may not. */
public sealed interface HealthPart {
    EventKind BROKER_OFFLINE = new EventKind("health.broker.offline");
    EventKind GATEWAY_OFFLINE = new EventKind("health.gateway.offline");

    /** Kind of the event that tells that it does not. */
    EventKind kind();

    Source source(DecideSettings settings);

    /** Tells it apart from others of the same source and kind; may be empty. */
    String name();

    /** How long it may not work before that is told. */
    Duration patience(DecideSettings settings);

    /** Cause of an outage that is no definite answer. */
    String usualCause();

    record CameraPart(String id) implements HealthPart {
        @Override
        public EventKind kind() {
            return EventKind.CAMERA_OFFLINE;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.camera(id, "");
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return settings.limits().offlineAfter();
        }

        @Override
        public String usualCause() {
            return "offline";
        }
    }

    /** That what a camera sends is looked at. */
    record SightPart(String camera) implements HealthPart {
        @Override
        public EventKind kind() {
            return EventKind.CAMERA_QUARANTINED;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.camera(camera, "");
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return Duration.ZERO;
        }

        @Override
        public String usualCause() {
            return "quarantined";
        }
    }

    record WorkerPart(int number) implements HealthPart {
        @Override
        public EventKind kind() {
            return EventKind.VISION_FAILED;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.edge(settings.edge());
        }

        @Override
        public String name() {
            return "worker-" + number;
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return settings.limits().visionDownAfter();
        }

        @Override
        public String usualCause() {
            return "offline";
        }

        static Optional<HealthPart> named(String name) {
            return name.matches("worker-[0-9]{1,4}")
                    ? Optional.of(new WorkerPart(Integer.parseInt(name.substring(7))))
                    : Optional.empty();
        }
    }

    record BrokerPart(String broker) implements HealthPart {
        @Override
        public EventKind kind() {
            return BROKER_OFFLINE;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.edge(settings.edge());
        }

        @Override
        public String name() {
            return broker;
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return settings.limits().brokerOfflineAfter();
        }

        @Override
        public String usualCause() {
            return "offline";
        }
    }

    /** What several sensors come through; half a minute more than with a broker, for gateways are restarted. */
    record GatewayPart(String gateway) implements HealthPart {
        @Override
        public EventKind kind() {
            return GATEWAY_OFFLINE;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.edge(settings.edge());
        }

        @Override
        public String name() {
            return gateway;
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return settings.limits().brokerOfflineAfter().plus(HealthDesk.START_GRACE);
        }

        @Override
        public String usualCause() {
            return "offline";
        }
    }

    /** A sensor is well as long as readings come. */
    record SensorPart(String id) implements HealthPart {
        @Override
        public EventKind kind() {
            return EventKind.SENSOR_SILENT;
        }

        @Override
        public Source source(DecideSettings settings) {
            return Source.sensor(id);
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public Duration patience(DecideSettings settings) {
            return settings.sensors()
                    .getOrDefault(id, DecideSettings.SensorSpot.UNKNOWN)
                    .silentAfter();
        }

        @Override
        public String usualCause() {
            return "silent";
        }
    }
}
