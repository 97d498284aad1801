package io.fengsui.hub.notify.silence;

import io.fengsui.hub.correlate.gather.Announced;
import io.fengsui.hub.correlate.gather.Gathered;
import io.fengsui.hub.grid.LifeSafety;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.Matter;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.TicketWatcher;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps silences and announced work, and says which tickets are silenced and what has to wait. Those that are not over are
 * in memory, at most {@value #MOST} of each purpose. A silence of one ticket ends with it. Writer's thread only.
 */
public final class SilenceDesk implements Stage, TicketWatcher, DeliveryDesk.Hush, Announced {
    static final int MOST = 1_000;

    private final SilenceTable table;
    private final AreaBook areas;
    private final Map<String, Silence> current = new LinkedHashMap<>();
    private final Map<String, Silence> changed = new LinkedHashMap<>();
    private boolean isLoaded;

    public SilenceDesk(SilenceTable table, AreaBook areas) {
        this.table = table;
        this.areas = areas;
    }

    @Override
    public @Nullable Instant silencedUntil(Ticket ticket, Instant now) {
        load(now);
        if (current.isEmpty()) {
            return null;
        }
        Matter matter = Matter.of(ticket);
        return until(Silence.Purpose.SILENCE, now, matcher -> matcher.matches(matter, areas));
    }

    @Override
    public @Nullable Instant worksUntil(Gathered incident, Severity severity, Instant now) {
        load(now);
        String source = incident.at().source();
        return until(
                Silence.Purpose.MAINTENANCE,
                now,
                matcher -> matcher.matches(incident.kind(), incident.at().grid(), source, areas)
                        && LifeSafety.mayWait(matcher.sources(), source, incident.kind(), severity));
    }

    @Override
    public boolean isAny(Instant now) {
        load(now);
        return current.values().stream()
                .anyMatch(one -> one.purpose() == Silence.Purpose.MAINTENANCE && one.state(now) != Silence.State.OVER);
    }

    private @Nullable Instant until(Silence.Purpose purpose, Instant now, Predicate<Silence.Matcher> matches) {
        return current.values().stream()
                .filter(one -> one.purpose() == purpose && one.isActive(now) && matches.test(one.matcher()))
                .map(Silence::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public void onFact(@Nullable Ticket before, Ticket after, TicketFact fact, Turn turn) {
        if (fact instanceof TicketFact.Moved && !after.stand().category().isUnfinished()) {
            load(turn.now());
            List.copyOf(current.values()).stream()
                    .filter(one -> one.matcher().ticket().equals(after.id().text()))
                    .forEach(one -> end(one, turn.now(), "hub"));
        }
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.SilencePut put)) {
            load(turn.now());
            current.values().removeIf(one -> !one.until().isAfter(turn.now()));
            Silence silence = SilenceForm.read(put.id(), put.silence(), turn.now());
            long same = current.values().stream()
                    .filter(one -> one.purpose() == silence.purpose())
                    .count();
            if (same >= MOST && !current.containsKey(silence.id())) {
                throw new IllegalArgumentException("there are " + MOST + " of them, which is the most");
            }
            current.put(silence.id(), silence);
            changed.put(silence.id(), silence);
        } else if (input instanceof Input.TaskTaken(TaskInput.SilenceEnded(String id, String by))) {
            load(turn.now());
            Silence silence = current.get(id);
            if (silence != null) {
                end(silence, turn.now(), by);
            }
        }
    }

    private void end(Silence silence, Instant now, String by) {
        current.remove(silence.id());
        changed.put(silence.id(), silence.ended(now, by));
    }

    private void load(Instant now) {
        if (!isLoaded) {
            table.current(now, 2 * MOST).forEach(one -> current.putIfAbsent(one.id(), one));
            isLoaded = true;
        }
    }

    @Override
    public void write() {
        if (!changed.isEmpty()) {
            table.write(List.copyOf(changed.values()));
            changed.clear();
        }
    }

    @Override
    public void forget() {
        current.clear();
        changed.clear();
        isLoaded = false;
    }
}
