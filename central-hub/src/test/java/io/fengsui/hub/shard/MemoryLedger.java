package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger in memory whose next commit may fail, before or after it happened. */
final class MemoryLedger implements Ledger {
    final List<JournalEntry> journal = new ArrayList<>();
    final List<Quarantined> quarantined = new ArrayList<>();
    /** Laid down and not taken over yet. */
    final List<Input.HandedOver> handovers = new ArrayList<>();
    /** When the eldest of them was. */
    Instant since = Instant.EPOCH;

    private final List<JournalEntry> openEntries = new ArrayList<>();
    private final List<Quarantined> openQuarantined = new ArrayList<>();
    private final Map<String, LanePosition> positions = new HashMap<>();
    private final Map<String, LanePosition> openPositions = new HashMap<>();
    private final List<Input.HandedOver> openHandovers = new ArrayList<>();
    private final Set<Input.From> openTaken = new HashSet<>();
    private long changes;
    private long openChanges;

    /** Run within the next commit, instead of it. */
    @Nullable
    Runnable fault;

    @Override
    public void begin() {
        rollback();
    }

    @Override
    public void commit() {
        Runnable now = fault;
        fault = null;
        if (now == null) {
            keep();
        } else {
            now.run();
        }
    }

    /** What a commit does when it works. */
    void keep() {
        journal.addAll(openEntries);
        quarantined.addAll(openQuarantined);
        positions.putAll(openPositions);
        changes += openChanges;
        handovers.addAll(openHandovers);
        handovers.removeIf(one -> openTaken.contains(one.from()));
        rollback();
    }

    @Override
    public void rollback() {
        openEntries.clear();
        openQuarantined.clear();
        openPositions.clear();
        openChanges = 0;
        openHandovers.clear();
        openTaken.clear();
    }

    @Override
    public long lastOffset(int shard) {
        return journal.isEmpty() ? 0 : journal.getLast().offset();
    }

    @Override
    public long lastChange(int shard) {
        return changes;
    }

    @Override
    public boolean holds(JournalEntry entry) {
        return journal.contains(entry);
    }

    @Override
    public LanePosition position(String edge, String epoch, Lane lane) {
        return positions.getOrDefault(edge + epoch + lane, new LanePosition(lane, 0, Sha256.NONE));
    }

    @Override
    public void append(Collection<JournalEntry> entries) {
        openEntries.addAll(entries);
    }

    @Override
    public void advance(Collection<Advance> advances) {
        advances.forEach(one ->
                openPositions.put(one.edge() + one.epoch() + one.position().lane(), one.position()));
    }

    @Override
    public void changes(Collection<Change> fresh) {
        openChanges += fresh.size();
    }

    @Override
    public void quarantine(Collection<Quarantined> inputs) {
        openQuarantined.addAll(inputs);
    }

    @Override
    public void handOver(Collection<Handover> fresh) {
        fresh.forEach(one -> openHandovers.add(new Input.HandedOver(
                new Input.From(0, one.shard(), one.offset(), one.part()),
                one.handed().edge(),
                one.handed().bytes())));
    }

    @Override
    public List<Integer> handing() {
        return waitingNow().map(one -> from(one).shard()).distinct().sorted().toList();
    }

    private Stream<Input.HandedOver> waitingNow() {
        return handovers.stream().filter(one -> !openTaken.contains(from(one)));
    }

    @Override
    public Handovers handed(int shard, Input.@Nullable From upTo, int limit) {
        int source = upTo != null ? upTo.shard() : shard;
        List<Input.HandedOver> all = waitingNow()
                .filter(one -> from(one).shard() == source)
                .filter(one -> upTo == null || from(one).offset() <= upTo.offset())
                .limit(limit)
                .toList();
        return new Handovers(all, all.size() == limit);
    }

    @Override
    public Waiting waiting(int most) {
        return handovers.isEmpty() ? Waiting.NOTHING : new Waiting(Math.min(most, handovers.size()), since);
    }

    private static Input.From from(Input.HandedOver one) {
        return Objects.requireNonNull(one.from());
    }

    @Override
    public void takenOver(List<Input.HandedOver> taken) {
        taken.forEach(one -> openTaken.add(from(one)));
    }
}
