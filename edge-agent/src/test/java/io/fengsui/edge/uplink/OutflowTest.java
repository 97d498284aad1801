package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.runtime.EnduringTimer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutflowTest {
    @TempDir
    private Path directory;

    private final ScheduledExecutorService executor = new EnduringTimer("uplink", failure -> {});
    private final Event bad = TestingEvents.event(Lane.URGENT, Phase.BEGUN);
    private Error thrown = new NoClassDefFoundError("gone");
    private boolean isAll;
    private TestingEdge edge;
    private PatientReader reader;
    private VolatileQueue queue;
    private Outflow outflow;

    @BeforeEach
    void begin() {
        edge = new TestingEdge(directory);
        reader = new PatientReader(edge.spool.newReader(), "uplink-read");
        queue = new VolatileQueue(() -> {});
        LinkContext context = new LinkContext(
                TestingEdge.settings(1),
                edge,
                edge.spool,
                reader,
                edge.time,
                executor,
                new UplinkMeters(edge.meters, edge.spool),
                queue);
        outflow = new Outflow(context, new SessionLanes(context, edge.spool.epoch()), this::encode);
    }

    @AfterEach
    void end() {
        reader.close();
        edge.close();
        executor.shutdownNow();
    }

    private FromEdge encode(Event event) {
        if (isAll || event.id().equals(bad.id())) {
            throw thrown;
        }
        return WireEnvelopes.volatileEvent(event);
    }

    private double unsendable() {
        return edge.meters.get("edge_uplink_unsendable_total").counter().count();
    }

    /** Else it ended each session, and all others from memory waited behind it. */
    @Test
    void anEventThatCannotBeEncodedIsGivenUpAtOnceAndHoldsNoOther() {
        Event good = TestingEvents.event(Lane.URGENT, Phase.BEGUN);
        queue.offer(List.of(bad, good), false);
        assertThat(outflow.poll()).isEqualTo(WireEnvelopes.volatileEvent(good));
        assertThat(outflow.poll()).isNull();
        assertThat(unsendable()).isEqualTo(1);
        queue.again();
        assertThat(outflow.poll())
                .as("over the next line what may have got lost on this one")
                .isEqualTo(WireEnvelopes.volatileEvent(good));
        assertThat(outflow.poll()).isNull();
        assertThat(unsendable()).as("once").isEqualTo(1);
    }

    @Test
    void itsNextRevisionIsTriedWhateverBecameOfThisOne() {
        queue.offer(List.of(bad), true);
        assertThat(outflow.poll()).isNull();
        Event next = bad.withEvidence(List.of(), bad.times().revised());
        thrown = new StackOverflowError("again");
        queue.offer(List.of(next), true);
        assertThat(outflow.poll()).isNull();
        assertThat(unsendable()).isEqualTo(2);
        assertThat(queue.depth()).isZero();
    }

    /** It is no event's fault: another session sends it. */
    @Test
    void wantOfMemoryGivesNoEventUp() {
        thrown = new OutOfMemoryError("heap");
        queue.offer(List.of(bad), false);
        assertThatThrownBy(outflow::poll).isSameAs(thrown);
        queue.again();
        assertThat(queue.depth()).isEqualTo(1);
        assertThat(unsendable()).isZero();
    }

    /** Something that all share is wrong: they wait for another session, as long as that takes. */
    @Test
    void whereNoEventCanBeEncodedNoneIsGivenUp() {
        isAll = true;
        Event other = TestingEvents.event(Lane.URGENT, Phase.BEGUN);
        queue.offer(List.of(bad, other), false);
        assertThatThrownBy(outflow::poll).isSameAs(thrown);
        assertThat(unsendable()).isZero();
        isAll = false;
        thrown = new NoClassDefFoundError("of this one");
        queue.again();
        assertThat(outflow.poll()).isEqualTo(WireEnvelopes.volatileEvent(other));
    }
}
