package io.fengsui.edge.spool.room;

import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** What other threads may know of the spool: committed facts only. Written on {@code ring-spool}, read anywhere. */
public final class SpoolView {
    /** What a heartbeat may list. */
    private static final int MOST_OPEN = 10_000;

    /** A committed lane; {@code waitingSince*} of the oldest record not acknowledged. */
    private record LaneView(LaneState state, long depth, long bytes, long sinceWall, long sinceSteady) {
        static final long NOBODY = Long.MIN_VALUE;
    }

    /** One value: lanes of one epoch must not be taken for another's. */
    private record Published(String epoch, Map<Lane, LaneView> lanes) {}

    /** The lanes of an epoch. */
    public record Heads(String epoch, List<LaneState> lanes) {}

    private final TimeSource time;
    private final ConcurrentSkipListSet<EventId> open = new ConcurrentSkipListSet<>();
    private final Map<Lane, Long> lastOfEarlierRuns = new EnumMap<>(Lane.class);
    private volatile Published published = new Published("", Map.of());
    private volatile boolean isHealthy = true;
    private volatile boolean isOpen = true;
    private volatile int held;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();
    private final FlowMeter flow = new FlowMeter();
    private volatile long evicted;
    private volatile long merged;
    private volatile long quarantineDropped;
    private volatile long roomBytes;
    private volatile long ballastBytes;
    private volatile boolean isDiskShort;

    public SpoolView(TimeSource time) {
        this.time = time;
    }

    /** What can be told of a spool that is not open. */
    public void assume(String assumed, Collection<LaneHead> heads) {
        Map<Lane, LaneView> lanes = new EnumMap<>(Lane.class);
        for (LaneHead head : heads) {
            lanes.put(
                    head.lane(),
                    new LaneView(head.toState(), head.depth(), head.bytes(), LaneView.NOBODY, LaneView.NOBODY));
        }
        published = new Published(assumed, Collections.unmodifiableMap(lanes));
        isHealthy = false;
        isOpen = false;
    }

    /** It is open, and has this epoch and these lanes. */
    public void opened(String found, SpoolWriter writer) throws SQLException {
        publish(found, writer);
        isHealthy = true;
        isOpen = true;
    }

    public String epoch() {
        return published.epoch();
    }

    public LaneState lane(Lane lane) {
        return Objects.requireNonNull(published.lanes().get(lane)).state();
    }

    /** Epoch and lanes as they were published together. */
    public Heads heads() {
        Published now = published;
        return new Heads(
                now.epoch(), now.lanes().values().stream().map(LaneView::state).toList());
    }

    public List<EventId> openEvents() {
        return open.stream().limit(MOST_OPEN).toList();
    }

    public void track(List<Event> committed) {
        for (Event event : committed) {
            if (event.phase().isOpen()) {
                open.add(event.id());
            } else {
                open.remove(event.id());
            }
        }
    }

    public void publish(SpoolWriter writer) throws SQLException {
        publish(published.epoch(), writer);
    }

    private void publish(String epoch, SpoolWriter writer) throws SQLException {
        Map<Lane, LaneView> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            LaneHead head = writer.head(lane);
            long lastOfEarlierRun = Objects.requireNonNull(lastOfEarlierRuns.computeIfAbsent(lane, l -> head.last()));
            long[] oldest = head.oldestWaiting(writer.connection());
            long wall = oldest.length == 0 ? LaneView.NOBODY : oldest[0];
            // The steady clock of an earlier run says nothing now.
            boolean isOfThisRun = oldest.length > 0 && oldest[2] > lastOfEarlierRun;
            long steady = isOfThisRun ? oldest[1] : LaneView.NOBODY;
            lanes.put(lane, new LaneView(head.toState(), head.depth(), head.bytes(), wall, steady));
        }
        published = new Published(epoch, Collections.unmodifiableMap(lanes));
        long last = 0;
        long acknowledged = 0;
        for (LaneView lane : lanes.values()) {
            last += lane.state().last();
            acknowledged += Math.min(lane.state().acknowledged(), lane.state().last());
        }
        flow.at(time.steadyNanos(), writer.appendedBytes(), last, acknowledged);
    }

    public void held(int slots) {
        held = slots;
    }

    public void failed() {
        isHealthy = false;
        failures.incrementAndGet();
    }

    public void recovered() {
        isHealthy = true;
    }

    public void ballast(long bytes) {
        ballastBytes = bytes;
    }

    /** Events that found no place in memory. */
    public void refused(long events) {
        refused.addAndGet(events);
    }

    /** Records, and rows of open events, that were found damaged. */
    public void damaged(long records) {
        damaged.addAndGet(records);
    }

    public void counted(SpoolWriter writer, Retention retention, Ballast ballast) throws SQLException {
        evicted = retention.evicted();
        merged = retention.merged();
        quarantineDropped = retention.quarantineDropped();
        roomBytes = retention.roomBytes(writer.connection());
        ballastBytes = ballast.size();
        isDiskShort = retention.isDiskShort();
    }

    public SpoolStats stats() {
        List<SpoolStats.LaneStats> stats = new ArrayList<>();
        for (LaneView lane : published.lanes().values()) {
            stats.add(new SpoolStats.LaneStats(lane.state().lane(), lane.depth(), lane.bytes(), age(lane)));
        }
        SpoolStats.Losses losses =
                new SpoolStats.Losses(failures.get(), evicted, merged, refused.get(), damaged.get(), quarantineDropped);
        SpoolStats.Room room = new SpoolStats.Room(roomBytes, ballastBytes, isDiskShort, flow.flow(time.steadyNanos()));
        return new SpoolStats(isOpen, isHealthy, stats, held, losses, room);
    }

    private Duration age(LaneView lane) {
        if (lane.sinceWall() == LaneView.NOBODY) {
            return Duration.ZERO;
        }
        Duration age = lane.sinceSteady() != LaneView.NOBODY
                ? Duration.ofNanos(time.steadyNanos() - lane.sinceSteady())
                : Duration.ofMillis(time.wall().toEpochMilli() - lane.sinceWall());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
