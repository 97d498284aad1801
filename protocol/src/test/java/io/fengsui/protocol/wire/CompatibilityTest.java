package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.TombstoneReason;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What version 1 wrote stays readable for ever, and what a later version adds does no harm. The golden files are the
 * contract: if a change makes this test fail, the change is wrong, not the file.
 */
class CompatibilityTest {
    private static final Moment NOON =
            new Moment(Instant.parse("2026-11-21T04:00:00.123456789Z"), ClockQuality.SYNCED, "boot-1", 42);
    private static final EventId ID = EventId.parse("019aa4c2-7c00-7abc-8def-0123456789ab");

    private static Event event() {
        return new Event(
                ID,
                3,
                Phase.UPDATED,
                new EventKind("fire.smoke"),
                Severity.CRITICAL,
                Lane.URGENT,
                new Event.Origin(
                        "edge-1",
                        "village-7",
                        Source.sensor("smoke-1"),
                        "household-12",
                        new Place(new Name("村口", "gate"), "140502", new Place.Position(112.85, 35.5))),
                new Event.Times(NOON, NOON, Duration.ofMinutes(5)),
                new Event.Cause("smoke", "1", "nanodet-g", "1"),
                "smoke/household-12",
                Map.of("value", "1", "unit", ""),
                List.of(new Detection("person", 0.5f, new Box(0.25f, 0.25f, 0.5f, 0.75f), 9)),
                List.of(
                        Evidence.pending(new UUID(0, 1), "image/jpeg", NOON),
                        Evidence.pending(new UUID(0, 2), "image/jpeg", NOON).ready(Sha256.hashOf(new byte[] {1}), 1)),
                List.of(new Reason("rule", "threshold", "烟雾 smoke = 1")),
                new Event.Marks(true, false));
    }

    static Stream<Arguments> goldenBodies() {
        return Stream.of(
                Arguments.of("event.hex", event()),
                Arguments.of("tombstone.hex", new Tombstone(Tombstone.Why.EVICTED, ID, 2, new EventKind("fire.smoke"))),
                Arguments.of(
                        "evidence-lost.hex",
                        new io.fengsui.protocol.EvidenceLost(ID, new UUID(0, 1), "磁盘已满 disk full")));
    }

    @ParameterizedTest
    @MethodSource("goldenBodies")
    void readsAndWritesTheBytesOfVersionOne(String file, RecordBody body) throws Exception {
        byte[] golden = golden(file);
        assertThat(WireRecords.decode(golden)).isEqualTo(body);
        assertThat(HexFormat.of().formatHex(WireRecords.encode(body)))
                .isEqualTo(HexFormat.of().formatHex(golden));
    }

    private static byte[] golden(String file) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(CompatibilityTest.class.getResourceAsStream("/wire/v1/" + file), file)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void passesOverFieldsOfALaterVersion() throws Exception {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        1999,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
        var message = WireEvents.toMessage(event()).toBuilder();
        message.setUnknownFields(later);
        message.getSourceBuilder().setUnknownFields(later);
        message.getDetectionsBuilder(0).getBoxBuilder().setUnknownFields(later);
        byte[] bytes = io.fengsui.protocol.wire.v1.RecordBody.newBuilder()
                .setEvent(message)
                .build()
                .toByteArray();
        assertThat(WireRecords.decode(bytes)).isEqualTo(event());
    }

    @Test
    void aKindOfMessageOfALaterVersionIsSeenAsNotSet() throws Exception {
        byte[] later = {(byte) (15 << 3 | 2), 1, 0};
        assertThat(FromEdge.parseFrom(later).getMessageCase()).isEqualTo(FromEdge.MessageCase.MESSAGE_NOT_SET);
        assertThatThrownBy(() -> WireRecords.decode(later))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("body: of a kind that this version does not know");
    }

    @Test
    void readsAnUnknownEnumValueAsTheMostCarefulOneWhereThatDoesNoHarm() throws Exception {
        var tombstone =
                WireEvents.toMessage(new Tombstone(Tombstone.Why.MERGED, ID, 1, new EventKind("a.b"))).toBuilder();
        assertThat(WireEvents.fromMessage(tombstone.setReasonValue(99).build()).why())
                .isEqualTo(Tombstone.Why.EVICTED);
        assertThat(WireEnums.why(TombstoneReason.UNRECOGNIZED)).isEqualTo(Tombstone.Why.EVICTED);
        var message = WireEvents.toMessage(event()).toBuilder();
        message.getOccurredBuilder().setQualityValue(99);
        message.getEvidenceBuilder(0).setStateValue(99);
        Event read = WireEvents.fromMessage(message.build());
        assertThat(read.times().occurred().quality()).isEqualTo(ClockQuality.UNKNOWN);
        assertThat(read.evidence().getFirst().state()).isEqualTo(EvidenceState.PENDING);
        var refusal = io.fengsui.protocol.wire.v1.Refusal.newBuilder()
                .setReasonValue(99)
                .build();
        assertThat(WireLink.fromMessage(refusal).cause()).isEqualTo(Refusal.Cause.OVERLOADED);
        var answer = io.fengsui.protocol.wire.v1.Answer.newBuilder()
                .setQuestionId(new UUID(0, 1).toString())
                .build();
        assertThat(WireDownlink.fromMessage(answer).finding()).isInstanceOf(Answer.Nothing.class);
    }

    static Stream<Arguments> damaged() {
        var good = WireEvents.toMessage(event());
        return Stream.of(
                Arguments.of(good.toBuilder().setSeverityValue(99), "event.severity: a value that this version"),
                Arguments.of(good.toBuilder().clearPhase(), "event.phase: a value"),
                Arguments.of(good.toBuilder().setLaneValue(7), "event.lane: a value"),
                Arguments.of(good.toBuilder().setEventId("1-1-1-1-1"), "event.event_id: a UUID has 36 characters"),
                Arguments.of(good.toBuilder().setEventId(new UUID(1, 1).toString()), "event.event_id: an event id is"),
                Arguments.of(good.toBuilder().setKind("smoke"), "event.kind: a kind is"),
                Arguments.of(good.toBuilder().setRevision(-1), "event: revisions start at 1"),
                Arguments.of(good.toBuilder().clearSource(), "event.source: missing"),
                Arguments.of(good.toBuilder().clearOccurred(), "event.occurred: missing"),
                Arguments.of(good.toBuilder().setEdgeId("a\u0000b"), "event: edge has a control character"),
                Arguments.of(good.toBuilder().setLeaseSeconds(Long.MIN_VALUE), "event: a lease is not negative"),
                Arguments.of(
                        with(b -> b.getOccurredBuilder().setWallSeconds(Long.MAX_VALUE)),
                        "event.occurred.wall_seconds: "),
                Arguments.of(
                        with(b -> b.getDetectionsBuilder(0).getBoxBuilder().setLeft(Float.NaN)),
                        "event.detections[0].box: a box has"),
                Arguments.of(
                        with(b -> b.getEvidenceBuilder(1).setSha256(ByteString.copyFromUtf8("x"))),
                        "event.evidence[1].sha256: 1 bytes, not 32"),
                Arguments.of(
                        with(b -> b.addAllDetections(Collections.nCopies(300, good.getDetections(0)))),
                        "event.detections: 301 entries, more than 256"));
    }

    private static io.fengsui.protocol.wire.v1.Event.Builder with(
            java.util.function.Consumer<io.fengsui.protocol.wire.v1.Event.Builder> change) {
        var builder = WireEvents.toMessage(event()).toBuilder();
        change.accept(builder);
        return builder;
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void namesTheFieldOfAMessageThatBreaksARule(io.fengsui.protocol.wire.v1.Event.Builder message, String expected) {
        assertThatThrownBy(() -> WireEvents.fromMessage(message.build()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void cutsAnEventShortThatWouldNotFitARecord() throws Exception {
        String text = "水".repeat(4096);
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < Event.MAX_ATTRIBUTES - 2; i++) {
            attributes.put("key-" + i, text);
        }
        Event large = event().next(
                        Phase.UPDATED,
                        Severity.MAJOR,
                        NOON,
                        attributes,
                        Collections.nCopies(Event.MAX_REASONS, new Reason("rule", "x", text)));
        byte[] bytes = WireRecords.encode(large);
        assertThat(bytes.length).isLessThanOrEqualTo(LaneRecord.MAX_BODY_BYTES);
        assertThat(WireRecords.decode(bytes)).isInstanceOfSatisfying(Event.class, read -> {
            assertThat(read.id()).isEqualTo(large.id());
            assertThat(read.attributes()).hasSize(Event.MAX_ATTRIBUTES);
        });
    }
}
