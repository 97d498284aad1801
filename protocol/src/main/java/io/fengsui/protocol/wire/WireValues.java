package io.fengsui.protocol.wire;

import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Reading;
import java.time.Instant;
import java.util.UUID;

/** The small values that messages are made of, both ways. Pure. */
public final class WireValues {
    private WireValues() {}

    public static io.fengsui.protocol.wire.v1.Moment toMessage(Moment moment) {
        Instant wall = moment.wall();
        return io.fengsui.protocol.wire.v1.Moment.newBuilder()
                .setWallSeconds(wall.getEpochSecond())
                .setWallNanos(wall.getNano())
                .setQuality(WireEnums.toMessage(moment.quality()))
                .setBootId(moment.bootId())
                .setSteadyNanos(moment.steadyNanos())
                .build();
    }

    public static Moment fromMessage(io.fengsui.protocol.wire.v1.Moment moment) throws MalformedMessageException {
        Instant wall =
                Fields.in("wall_seconds", () -> Instant.ofEpochSecond(moment.getWallSeconds(), moment.getWallNanos()));
        return Fields.in(
                "boot_id",
                () -> new Moment(
                        wall,
                        WireEnums.clockQuality(moment.getQuality()),
                        moment.getBootId(),
                        moment.getSteadyNanos()));
    }

    static io.fengsui.protocol.wire.v1.Name toMessage(Name name) {
        return io.fengsui.protocol.wire.v1.Name.newBuilder()
                .setZh(name.zh())
                .setEn(name.en())
                .build();
    }

    static Name fromMessage(io.fengsui.protocol.wire.v1.Name name) throws MalformedMessageException {
        return new Name(name.getZh(), name.getEn());
    }

    static io.fengsui.protocol.wire.v1.Place toMessage(Place place) {
        var message = io.fengsui.protocol.wire.v1.Place.newBuilder()
                .setName(toMessage(place.name()))
                .setGrid(place.grid());
        Place.Position position = place.position();
        if (position != null) {
            message.setLocated(true).setLongitude(position.longitude()).setLatitude(position.latitude());
        }
        return message.build();
    }

    static Place fromMessage(io.fengsui.protocol.wire.v1.Place place) throws MalformedMessageException {
        Name name = Fields.in("name", () -> fromMessage(place.getName()));
        return new Place(
                name,
                place.getGrid(),
                place.getLocated() ? new Place.Position(place.getLongitude(), place.getLatitude()) : null);
    }

    static io.fengsui.protocol.wire.v1.Source toMessage(Source source) {
        return io.fengsui.protocol.wire.v1.Source.newBuilder()
                .setType(WireEnums.toMessage(source.type()))
                .setId(source.id())
                .setZone(source.zone())
                .build();
    }

    static Source fromMessage(io.fengsui.protocol.wire.v1.Source source) throws MalformedMessageException {
        return new Source(WireEnums.sourceType(source.getType()), source.getId(), source.getZone());
    }

    static io.fengsui.protocol.wire.v1.Detection toMessage(Detection detection) {
        Box box = detection.box();
        return io.fengsui.protocol.wire.v1.Detection.newBuilder()
                .setLabel(detection.label())
                .setConfidence(detection.confidence())
                .setBox(io.fengsui.protocol.wire.v1.Box.newBuilder()
                        .setLeft(box.left())
                        .setTop(box.top())
                        .setRight(box.right())
                        .setBottom(box.bottom()))
                .setTrack(detection.track())
                .build();
    }

    static Detection fromMessage(io.fengsui.protocol.wire.v1.Detection detection) throws MalformedMessageException {
        var box = detection.getBox();
        Box checked = Fields.required(
                "box", detection.hasBox(), () -> new Box(box.getLeft(), box.getTop(), box.getRight(), box.getBottom()));
        return new Detection(detection.getLabel(), detection.getConfidence(), checked, detection.getTrack());
    }

    static io.fengsui.protocol.wire.v1.Evidence toMessage(Evidence evidence) {
        return io.fengsui.protocol.wire.v1.Evidence.newBuilder()
                .setEvidenceId(evidence.id().toString())
                .setMediaType(evidence.mediaType())
                .setState(WireEnums.toMessage(evidence.state()))
                .setSha256(Fields.bytes(evidence.sha256()))
                .setSize(evidence.size())
                .setTaken(toMessage(evidence.taken()))
                .setLostReason(evidence.lostReason())
                .build();
    }

    static Evidence fromMessage(io.fengsui.protocol.wire.v1.Evidence evidence) throws MalformedMessageException {
        UUID id = Fields.uuid("evidence_id", evidence.getEvidenceId());
        Moment taken = Fields.required("taken", evidence.hasTaken(), () -> fromMessage(evidence.getTaken()));
        return new Evidence(
                id,
                evidence.getMediaType(),
                WireEnums.evidenceState(evidence.getState()),
                Fields.hash("sha256", evidence.getSha256()),
                Fields.natural("size", evidence.getSize()),
                taken,
                evidence.getLostReason());
    }

    static io.fengsui.protocol.wire.v1.Reason toMessage(Reason reason) {
        return io.fengsui.protocol.wire.v1.Reason.newBuilder()
                .setStage(reason.stage())
                .setCode(reason.code())
                .setDetail(reason.detail())
                .build();
    }

    static Reason fromMessage(io.fengsui.protocol.wire.v1.Reason reason) throws MalformedMessageException {
        return new Reason(reason.getStage(), reason.getCode(), reason.getDetail());
    }

    static io.fengsui.protocol.wire.v1.Reading toMessage(Reading reading) {
        return io.fengsui.protocol.wire.v1.Reading.newBuilder()
                .setSensor(reading.sensor())
                .setQuantity(reading.quantity())
                .setValue(reading.value())
                .setUnit(reading.unit())
                .setQuality(WireEnums.toMessage(reading.quality()))
                .setAt(toMessage(reading.at()))
                .build();
    }

    static Reading fromMessage(io.fengsui.protocol.wire.v1.Reading reading) throws MalformedMessageException {
        Moment at = Fields.required("at", reading.hasAt(), () -> fromMessage(reading.getAt()));
        return new Reading(
                reading.getSensor(),
                reading.getQuantity(),
                reading.getValue(),
                reading.getUnit(),
                WireEnums.quality(reading.getQuality()),
                at);
    }
}
