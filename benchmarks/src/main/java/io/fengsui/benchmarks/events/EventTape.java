package io.fengsui.benchmarks.events;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.protocol.wire.v1.FromEdge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One edge's urgent lane, coded beforehand so that sending costs little. Each part goes on where the one before ended. */
final class EventTape {
    static final int BATCH = 128;

    private final String edge;
    private final Hello.Inventory inventory;
    private byte[] running = PrefixHash.none();
    private long sequence;

    EventTape(String edge, Hello.Inventory inventory) {
        this.edge = edge;
        this.inventory = inventory;
    }

    /** @param before records of the lane that came before these */
    record Part(String edge, Hello.Inventory inventory, long before, List<FromEdge> batches) {
        int events() {
            return batches.size() * BATCH;
        }

        String epoch() {
            return "epoch-" + edge;
        }
    }

    Part next(Supplier<Event> events, int batchCount) {
        Part part = new Part(edge, inventory, sequence, new ArrayList<>());
        for (int i = 0; i < batchCount; i++) {
            List<LaneRecord> records = new ArrayList<>();
            for (int j = 0; j < BATCH; j++) {
                byte[] body = WireRecords.encode(events.get());
                running = PrefixHash.next(running, body);
                sequence++;
                records.add(new LaneRecord(sequence, body, running));
            }
            part.batches.add(WireEnvelopes.fromEdge(new RecordBatch(Lane.URGENT, part.epoch(), records)));
        }
        return part;
    }
}
