package io.fengsui.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A spool, and what its losses are told as. */
class TestingStumble extends TestingSpool {
    protected final TestingVolatile memory = new TestingVolatile();
    protected final List<String> causes = new ArrayList<>();

    /** A state without a name: writing it throws what is no error of SQLite's. */
    @SuppressWarnings("NullAway") // that is what is wrong with it
    static Slot poison(Event... events) {
        return new Slot(List.of(events), List.of(new Slot.StateChange(null, new byte[] {1})), List.of(), List.of(), 0);
    }

    int commitsUntilAllIsDone() {
        int tries = 1;
        while (!spool.commit()) {
            assertThat(tries).isLessThan(40);
            time.advance(Duration.ofMinutes(1));
            tries++;
        }
        return tries;
    }

    void listen() {
        spool.tellVolatileTo(memory);
        spool.tellGapsBy((gap, now) -> {
            causes.add(gap.why().label() + " " + gap.records());
            return TestingEvents.gap(gap, now);
        });
    }

    List<String> stored(Lane lane) {
        return read(lane, 1).stream()
                .map(LaneRecord::body)
                .map(body -> {
                    try {
                        return WireRecords.decode(body);
                    } catch (MalformedMessageException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(Event.class::isInstance)
                .map(Event.class::cast)
                .map(one -> one.id().toString())
                .toList();
    }

    void onEach(String table, String condition) throws Exception {
        sql("CREATE TRIGGER refused BEFORE INSERT ON " + table + condition + " BEGIN SELECT RAISE(ABORT, 'no'); END");
    }

    void triesInVain(int tries) {
        for (int i = 0; i < tries; i++) {
            assertThat(spool.commit()).isFalse();
            time.advance(Duration.ofMinutes(1));
        }
    }
}
