package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for what the records say last of some events. No index knows an event's records, so all records are looked at, once for
 * all of the events, some at a time, from the newest back. Confined to the thread that uses it.
 */
public final class RecordSearch {
    /** Records of a step. */
    static final int STEP = 256;

    /**
     * What is known of an event.
     *
     * @param revision the highest that any of its records has, whatever became of that one; 0 for none
     * @param record of that revision, when it is as it was written and no tombstone
     */
    public record Last(int revision, Optional<StoredRecord> record) {
        private static final Last UNSEEN = new Last(0, Optional.empty());
    }

    private final Map<String, Last> found = new LinkedHashMap<>();
    private final Deque<Lane> lanes = new ArrayDeque<>(List.of(Lane.values()));
    private long before = Long.MAX_VALUE;

    public RecordSearch(Collection<String> events) {
        events.forEach(event -> found.put(event, Last.UNSEEN));
    }

    /** Looks at {@value #STEP} records; whether those were the last ones. After a {@link SpoolException} it goes on at the same place. */
    public boolean step(SpoolReader reader) {
        int left = STEP;
        while (left > 0 && !lanes.isEmpty()) {
            Lane lane = lanes.element();
            List<RowScan.Place> places = reader.before(lane, before, left);
            for (RowScan.Place place : places) {
                Last known = found.get(place.eventId());
                if (known != null && place.revision() > known.revision()) {
                    Optional<StoredRecord> sound = reader.record(lane, place.sequence())
                            .filter(record -> record.verdict() == StoredRecord.Verdict.INTACT
                                    && record.importance() != Importance.GONE);
                    found.put(place.eventId(), new Last(place.revision(), sound));
                }
                before = place.sequence();
            }
            if (places.size() < left) {
                lanes.remove();
                before = Long.MAX_VALUE;
            }
            left -= places.size();
        }
        return lanes.isEmpty();
    }

    /** By event, in the order in which they were given. */
    public Map<String, Last> found() {
        return Collections.unmodifiableMap(found);
    }
}
