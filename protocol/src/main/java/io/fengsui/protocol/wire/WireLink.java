package io.fengsui.protocol.wire;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.v1.Camera;
import io.fengsui.protocol.wire.v1.Sensor;
import java.time.Duration;
import java.util.List;

/** Greeting, positions and liveness, both ways. Durations of whole seconds are sent; parts of a second are cut. Pure. */
public final class WireLink {
    private static final int MAX_OPEN_EVENTS = 10_000;
    private static final int MAX_MODELS = 100;

    private WireLink() {}

    public static io.fengsui.protocol.wire.v1.Hello toMessage(Hello hello) {
        Hello.Identity identity = hello.identity();
        var message = io.fengsui.protocol.wire.v1.Hello.newBuilder()
                .setProtocolVersion(hello.protocolVersion())
                .setSoftwareVersion(hello.softwareVersion())
                .setEdgeId(identity.edge())
                .setSite(identity.site())
                .setSiteName(WireValues.toMessage(identity.siteName()))
                .setEpoch(identity.epoch())
                .setBootId(identity.bootId())
                .setHardwareFingerprint(identity.fingerprint())
                .setClock(WireValues.toMessage(hello.clock()))
                .setConfigurationHash(hello.configurationHash());
        hello.lanes().forEach(lane -> message.addLanes(toMessage(lane)));
        hello.inventory().cameras().forEach(camera -> message.addCameras(toMessage(camera)));
        hello.inventory().sensors().forEach(sensor -> message.addSensors(toMessage(sensor)));
        hello.inventory().models().forEach(model -> message.addModels(toMessage(model)));
        return message.build();
    }

    public static Hello fromMessage(io.fengsui.protocol.wire.v1.Hello message) throws MalformedMessageException {
        return Fields.in(
                "hello",
                () -> new Hello(
                        message.getProtocolVersion(),
                        message.getSoftwareVersion(),
                        identity(message),
                        Fields.required("clock", message.hasClock(), () -> WireValues.fromMessage(message.getClock())),
                        Fields.list("lanes", message.getLanesList(), Lane.values().length, WireLink::laneState),
                        inventory(message),
                        message.getConfigurationHash()));
    }

    private static Hello.Identity identity(io.fengsui.protocol.wire.v1.Hello message) throws MalformedMessageException {
        Name siteName = Fields.in("site_name", () -> WireValues.fromMessage(message.getSiteName()));
        return new Hello.Identity(
                message.getEdgeId(),
                message.getSite(),
                siteName,
                message.getEpoch(),
                message.getBootId(),
                message.getHardwareFingerprint());
    }

    private static Hello.Inventory inventory(io.fengsui.protocol.wire.v1.Hello message)
            throws MalformedMessageException {
        return new Hello.Inventory(
                Fields.list("cameras", message.getCamerasList(), Hello.MAX_INVENTORY, WireLink::camera),
                Fields.list("sensors", message.getSensorsList(), Hello.MAX_INVENTORY, WireLink::sensor),
                Fields.list(
                        "models",
                        message.getModelsList(),
                        MAX_MODELS,
                        m -> new ModelInUse(
                                m.getName(), m.getVersion(), Fields.in("sha256", () -> new Sha256(m.getSha256())))));
    }

    private static Camera toMessage(CameraInfo camera) {
        return Camera.newBuilder()
                .setId(camera.id())
                .setName(WireValues.toMessage(camera.name()))
                .setPlace(WireValues.toMessage(camera.place()))
                .setSubject(camera.subject())
                .build();
    }

    private static CameraInfo camera(Camera message) throws MalformedMessageException {
        return new CameraInfo(
                message.getId(),
                Fields.in("name", () -> WireValues.fromMessage(message.getName())),
                Fields.in("place", () -> WireValues.fromMessage(message.getPlace())),
                message.getSubject());
    }

    private static Sensor toMessage(SensorInfo sensor) {
        return Sensor.newBuilder()
                .setId(sensor.id())
                .setName(WireValues.toMessage(sensor.name()))
                .setPlace(WireValues.toMessage(sensor.place()))
                .setSubject(sensor.subject())
                .setQuantity(sensor.quantity())
                .build();
    }

    private static SensorInfo sensor(Sensor message) throws MalformedMessageException {
        return new SensorInfo(
                message.getId(),
                Fields.in("name", () -> WireValues.fromMessage(message.getName())),
                Fields.in("place", () -> WireValues.fromMessage(message.getPlace())),
                message.getSubject(),
                message.getQuantity());
    }

    private static io.fengsui.protocol.wire.v1.ModelInUse toMessage(ModelInUse model) {
        return io.fengsui.protocol.wire.v1.ModelInUse.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setSha256(model.sha256().hex())
                .build();
    }

    private static io.fengsui.protocol.wire.v1.LaneState toMessage(LaneState lane) {
        return io.fengsui.protocol.wire.v1.LaneState.newBuilder()
                .setLane(WireEnums.toMessage(lane.lane()))
                .setFirst(lane.first())
                .setLast(lane.last())
                .setAcknowledged(lane.acknowledged())
                .setAcknowledgedHash(Fields.bytes(lane.acknowledgedHash()))
                .build();
    }

    private static LaneState laneState(io.fengsui.protocol.wire.v1.LaneState message) throws MalformedMessageException {
        return new LaneState(
                WireEnums.lane(message.getLane()),
                message.getFirst(),
                message.getLast(),
                message.getAcknowledged(),
                Fields.hash("acknowledged_hash", message.getAcknowledgedHash()));
    }

    public static io.fengsui.protocol.wire.v1.Welcome toMessage(Welcome welcome) {
        var message = io.fengsui.protocol.wire.v1.Welcome.newBuilder()
                .setSessionId(welcome.sessionId())
                .setProtocolVersion(welcome.protocolVersion())
                .setClock(WireValues.toMessage(welcome.clock()))
                .setHeartbeatSeconds(
                        Math.toIntExact(Math.max(1, welcome.heartbeat().toSeconds())))
                .setMaxRecordBytes(welcome.maxRecordBytes())
                .setWindowBytes(welcome.windowBytes())
                .setClockOffsetMillis(welcome.clockOffset().toMillis());
        welcome.positions()
                .forEach(p -> message.addPositions(io.fengsui.protocol.wire.v1.LanePosition.newBuilder()
                        .setLane(WireEnums.toMessage(p.lane()))
                        .setPosition(p.position())
                        .setPrefixHash(Fields.bytes(p.prefixHash()))));
        return message.build();
    }

    public static Welcome fromMessage(io.fengsui.protocol.wire.v1.Welcome message) throws MalformedMessageException {
        return Fields.in("welcome", () -> {
            Moment clock =
                    Fields.required("clock", message.hasClock(), () -> WireValues.fromMessage(message.getClock()));
            List<LanePosition> positions = Fields.list(
                    "positions",
                    message.getPositionsList(),
                    Lane.values().length,
                    p -> new LanePosition(
                            WireEnums.lane(p.getLane()),
                            p.getPosition(),
                            Fields.hash("prefix_hash", p.getPrefixHash())));
            return new Welcome(
                    message.getSessionId(),
                    message.getProtocolVersion(),
                    clock,
                    positions,
                    Fields.seconds(message.getHeartbeatSeconds()),
                    message.getMaxRecordBytes(),
                    message.getWindowBytes(),
                    Duration.ofMillis(message.getClockOffsetMillis()));
        });
    }

    public static io.fengsui.protocol.wire.v1.Refusal toMessage(Refusal refusal) {
        return io.fengsui.protocol.wire.v1.Refusal.newBuilder()
                .setReason(WireEnums.toMessage(refusal.cause()))
                .setDetail(refusal.detail())
                .setAddress(refusal.address())
                .setRetryAfterSeconds(Math.toIntExact(refusal.retryAfter().toSeconds()))
                .build();
    }

    public static Refusal fromMessage(io.fengsui.protocol.wire.v1.Refusal message) throws MalformedMessageException {
        return Fields.in(
                "refusal",
                () -> new Refusal(
                        WireEnums.cause(message.getReason()),
                        message.getDetail(),
                        message.getAddress(),
                        Fields.seconds(message.getRetryAfterSeconds())));
    }

    public static io.fengsui.protocol.wire.v1.Acknowledgement toMessage(Acknowledgement acknowledgement) {
        return io.fengsui.protocol.wire.v1.Acknowledgement.newBuilder()
                .setLane(WireEnums.toMessage(acknowledgement.lane()))
                .setEpoch(acknowledgement.epoch())
                .setPosition(acknowledgement.position())
                .build();
    }

    public static Acknowledgement fromMessage(io.fengsui.protocol.wire.v1.Acknowledgement message)
            throws MalformedMessageException {
        return Fields.in(
                "acknowledgement",
                () -> new Acknowledgement(
                        WireEnums.lane(message.getLane()),
                        message.getEpoch(),
                        Fields.natural("position", message.getPosition())));
    }

    public static io.fengsui.protocol.wire.v1.Heartbeat toMessage(Heartbeat heartbeat) {
        var message = io.fengsui.protocol.wire.v1.Heartbeat.newBuilder()
                .setClock(WireValues.toMessage(heartbeat.clock()))
                .setUnsentUrgent(heartbeat.unsentUrgent())
                .setUnsentBulk(heartbeat.unsentBulk());
        heartbeat.openEvents().forEach(id -> message.addOpenEvents(id.toString()));
        return message.build();
    }

    public static Heartbeat fromMessage(io.fengsui.protocol.wire.v1.Heartbeat message)
            throws MalformedMessageException {
        return Fields.in("heartbeat", () -> {
            Moment clock =
                    Fields.required("clock", message.hasClock(), () -> WireValues.fromMessage(message.getClock()));
            List<EventId> open = Fields.list(
                    "open_events", message.getOpenEventsList(), MAX_OPEN_EVENTS, id -> Fields.eventId("id", id));
            return new Heartbeat(
                    clock,
                    Fields.natural("unsent_urgent", message.getUnsentUrgent()),
                    Fields.natural("unsent_bulk", message.getUnsentBulk()),
                    open);
        });
    }

    public static io.fengsui.protocol.wire.v1.ForkReport toMessage(ForkReport fork) {
        return io.fengsui.protocol.wire.v1.ForkReport.newBuilder()
                .setLane(WireEnums.toMessage(fork.lane()))
                .setPosition(fork.position())
                .setOwnHash(Fields.bytes(fork.ownHash()))
                .setHubHash(Fields.bytes(fork.hubHash()))
                .build();
    }

    public static ForkReport fromMessage(io.fengsui.protocol.wire.v1.ForkReport message)
            throws MalformedMessageException {
        return Fields.in(
                "fork",
                () -> new ForkReport(
                        WireEnums.lane(message.getLane()),
                        message.getPosition(),
                        Fields.hash("own_hash", message.getOwnHash()),
                        Fields.hash("hub_hash", message.getHubHash())));
    }
}
