package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.runtime.ManualTimeSource;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge that says what no edge of this version says costs neither itself its other events nor anybody else theirs. */
class HubBadEdgeTest extends TownTest {
    /** A field that no version has so far; half a field; and bytes that are nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ca>\u0002hi", "\n\u007f", "<event/>"})
    void aRecordOfAnotherVersionIsSetAsideAndTheNextOneTaken(String bytes) {
        edge.record(Lane.URGENT, bytes.getBytes(ISO_8859_1));
        edge.record(town.begun("edge-1", "fire.smoke", "smoke"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();
        assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isOne();
    }

    @Test
    void anEventOfSixteenMegabytesEndsItsConnectionAndNothingElse() {
        try (TestEdge large = new TestEdge("edge-2", town.time)) {
            large.serve(town.hub.port());
            edge.serve(town.hub.port());
            UnknownFieldSet.Field filling = UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[16 << 20]))
                    .build();
            large.out()
                    .onNext(FromEdge.newBuilder()
                            .setUnknownFields(UnknownFieldSet.newBuilder()
                                    .addField(99, filling)
                                    .build())
                            .build());
            large.await(message -> message.equals(FromHub.getDefaultInstance()));
            edge.record(town.begun("edge-1", "fire.smoke", "smoke"));
            edge.sendAll();
            edge.awaitAcknowledged();
            assertThat(large.failure).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'fire.smoke'"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:05Z", "2004-02-29T12:00:00Z", "2061-07-28T00:00:00Z"})
    void aClockThatIsYearsOffMovesNoTimeOfATicket(String wall) {
        edge.close();
        ManualTimeSource clock = new ManualTimeSource(Instant.parse(wall));
        try (TestEdge off = new TestEdge("edge-1", clock)) {
            Event event = town.begun("edge-1", "fire.smoke", "smoke");
            off.record(event.next(Phase.UPDATED, event.severity(), off.now(), Map.of(), List.of()));
            off.serve(town.hub.port());
            off.sendAll();
            off.awaitAcknowledged();
        }
        assertThat(town.one(Long.class, "SELECT clock_offset_millis FROM edge"))
                .isEqualTo(Duration.between(TestTown.START, Instant.parse(wall)).toMillis());
        assertThat(town.one(Long.class, "SELECT revised_at FROM event")).isEqualTo(TestTown.START.toEpochMilli());
        assertThat(town.one(Long.class, "SELECT opened_at FROM ticket")).isEqualTo(TestTown.START.toEpochMilli());
    }
}
