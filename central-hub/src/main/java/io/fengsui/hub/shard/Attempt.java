package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog.Appended;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.intake.greeting.GreetingCheck;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.InputForm;
import io.fengsui.hub.shard.input.JournalEntry;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.ChangeLog;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.value.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.JdbiException;

/**
 * One try of one batch: every input gets its offset and goes through the stages; rows, journal and positions are
 * written; what is to be told is kept until the commit. Writer's thread only; used once.
 */
final class Attempt {
    /** One thing of the batch and when it was taken out of the ring. */
    record Item(Work work, Instant now) {}

    /** Taken over at once: as many as the edges' writers hand over in a few batches, for each commit costs a write to disk. */
    private static final int MOST_HANDED = 4_096;
    /** No more is taken over once it has so many bytes. */
    private static final long MOST_HANDED_BYTES = 16L << 20;

    /** How much of what was handed over a request takes. */
    enum Portion {
        USUAL(MOST_HANDED),
        /** Of what comes before all else, and alone in its batch. */
        BACKLOG(MOST_HANDED),
        /** Alone in its batch, for it may be poison. */
        ONE(1),
        /** Each is taken alone meanwhile. */
        NONE(0);

        private final int most;

        Portion(int most) {
            this.most = most;
        }

        /** Whether the batch is nothing but what was handed over. */
        boolean isAlone() {
            return this == BACKLOG || this == ONE;
        }
    }

    private final ShardParts parts;
    private final Portion portion;
    private final Map<Integer, String> undecidable;
    private final boolean isCareful;
    private final ChangeLog changeLog = new ChangeLog();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Ledger.Quarantined> quarantined = new ArrayList<>();
    private final List<Runnable> replies = new ArrayList<>();
    private final List<Ledger.Handover> handovers = new ArrayList<>();
    /** By which shards what was taken over was handed over, one for each. */
    private final List<Integer> takenFrom = new ArrayList<>();

    private long takenBytes;
    private List<Change> changes = List.of();
    private long offset;

    /**
     * @param undecidable which inputs of the batch, counted from 1, earlier tries could not decide, and why
     * @param isCareful whether rows are written after each input, so that the one whose row is refused is known
     */
    Attempt(ShardParts parts, long lastOffset, Portion portion, Map<Integer, String> undecidable, boolean isCareful) {
        this.parts = parts;
        this.portion = portion;
        this.offset = lastOffset;
        this.undecidable = undecidable;
        this.isCareful = isCareful;
    }

    void take(Item item) {
        switch (item.work()) {
            case Work.Greet greet -> greet(greet, item.now());
            case Work.Append append -> append(append, item.now());
            case Work.Single single -> {
                take(single.input(), item.now());
                replies.add(single.committed());
            }
            case Work.Command command -> command(command, item.now());
            case Work.Handed handed -> takeOver(handed, item.now());
            case Work.Tick tick -> tick(tick, item.now());
        }
    }

    private void tick(Work.Tick tick, Instant now) {
        if (parts.shard() != ShardMap.FIRST) {
            Ledger.Waiting waiting = parts.ledger().waiting(ShardCounts.MOST_WAITING);
            parts.counts().waits(waiting, now, parts.time().steadyNanos());
        } else if (!parts.isAlone()) {
            takeOver(tick.handed(), now); // first what was said: what is due is decided by it
        }
        parts.stages().forEach(stage -> stage.due(now).forEach(input -> take(input, now)));
    }

    private void greet(Work.Greet greet, Instant now) {
        String edge = greet.hello().identity().edge();
        String epoch = greet.hello().identity().epoch();
        Greeting greeting = GreetingCheck.check(
                greet.hello(), parts.positions().of(edge, epoch), parts.forks().forkedEpoch(edge));
        if (greeting instanceof Greeting.Served) {
            take(new Input.EdgeGreeted(greet.hello(), greet.clockOffset()), now);
        }
        replies.add(() -> greet.reply().accept(greeting));
    }

    private void append(Work.Append append, Instant now) {
        String edge = append.edge();
        String epoch = append.batch().epoch();
        long position = parts.positions().at(edge, epoch, append.batch().lane()).position();
        long known = position;
        List<Input> next = append.batch().records().stream()
                .filter(one -> one.sequence() > known)
                .map(one -> taken(append, one))
                .toList();
        parts.stages().forEach(stage -> stage.expect(next));
        for (LaneRecord one : append.batch().records()) {
            if (one.sequence() > position + 1) {
                long stands = position;
                replies.add(() -> append.reply().accept(new Appended.Elsewhere(stands)));
                return;
            }
            if (one.sequence() == position + 1) {
                take(taken(append, one), now);
                position++;
            }
        }
        long stands = position;
        replies.add(() -> append.reply().accept(new Appended.Committed(stands)));
    }

    private static Input taken(Work.Append append, LaneRecord one) {
        return new Input.RecordTaken(
                append.edge(),
                append.batch().epoch(),
                append.batch().lane(),
                new Input.Content(one.sequence(), one.body(), one.prefixHash()));
    }

    private void command(Work.Command command, Instant now) {
        Turn turn = take(new Input.CommandGiven(command.command()), now);
        CommandOutcome outcome = turn.outcome() != null
                ? turn.outcome()
                : new CommandOutcome.Refused(
                        CommandOutcome.Cause.UNAVAILABLE,
                        new Name("该操作无法处理，已隔离备查", "the command could not be decided and was set aside"));
        replies.add(() -> command.reply().complete(outcome));
    }

    private void takeOver(Work.Handed handed, Instant now) {
        Work.Bound bound = handed.bound();
        if (portion == Portion.NONE) {
            return;
        }
        int room = takenBytes < MOST_HANDED_BYTES ? portion.most - takenFrom.size() : 0;
        boolean isMore = false;
        if (bound.isTried) {
            for (Input.From last : bound.last) {
                takeOver(parts.ledger().handed(last.shard(), last, portion.most), now);
                isMore = true; // perhaps
            }
        } else if (room > 0) {
            bound.isTried = true;
            boolean isOfAny = handed.shard() == Work.Handed.ANY;
            List<Integer> shards = isOfAny ? parts.ledger().handing() : List.of(handed.shard());
            for (int shard : shards) {
                // Each has its share: one that hands over without end holds up no other.
                Ledger.Handovers found = parts.ledger().handed(shard, null, Math.max(1, room / shards.size()));
                if (!found.all().isEmpty()) {
                    bound.last.add(Objects.requireNonNull(found.all().getLast().from()));
                }
                isMore |= takeOver(found, now);
            }
        } else {
            isMore = true;
        }
        if (isMore || (handed.shard() == Work.Handed.ANY && !bound.last.isEmpty())) {
            replies.add(() -> parts.handedOver().accept(handed.shard()));
        }
    }

    /** Whether the shard may have more. */
    private boolean takeOver(Ledger.Handovers found, Instant now) {
        if (!found.all().isEmpty()) {
            // At once: neither another request of this batch nor what is due finds it again.
            parts.ledger().takenOver(found.all());
        }
        for (Input.HandedOver one : found.all()) {
            takenFrom.add(Objects.requireNonNull(one.from()).shard());
            takenBytes += one.bytes().length;
        }
        found.all().forEach(one -> take(one, now));
        return found.isMore();
    }

    private Turn take(Input input, Instant now) {
        offset++;
        JournalEntry entry = InputForm.encode(parts.shard(), offset, now, input);
        entries.add(entry);
        if (input instanceof Input.RecordTaken taken) {
            parts.positions().advance(taken);
        }
        Turn turn = new Turn(now, parts.shard(), offset, changeLog);
        String reason = undecidable.get(entries.size());
        if (reason != null) {
            quarantined.add(new Ledger.Quarantined(parts.shard(), offset, now, reason, entry.body()));
            return turn;
        }
        try {
            parts.stages().forEach(stage -> stage.take(input, turn));
            if (isCareful) {
                writeRows();
            }
            List<Turn.Handed> handed = turn.handed();
            for (int part = 0; part < handed.size(); part++) {
                handovers.add(new Ledger.Handover(parts.shard(), offset, part, now, handed.get(part)));
            }
        } catch (JdbiException e) {
            throw e;
        } catch (RowRefusedException e) {
            throw isCareful ? new UndecidableException(entries.size(), offset, e) : e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new UndecidableException(entries.size(), offset, e);
        }
        return turn;
    }

    private void writeRows() {
        try {
            parts.stages().forEach(Stage::write);
        } catch (JdbiException | RowRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RowRefusedException("a stage", e);
        }
    }

    /** Writes everything in the transaction that is open. */
    void write(long lastChange) {
        Ledger ledger = parts.ledger();
        writeRows();
        ledger.append(entries);
        parts.positions().write(ledger);
        changes = changeLog.numbered(parts.shard(), lastChange);
        ledger.changes(changes);
        ledger.quarantine(quarantined);
        if (!handovers.isEmpty()) {
            ledger.handOver(handovers);
            replies.add(() -> parts.handedOver().accept(parts.shard()));
        }
    }

    /** The last of what it writes; there is one unless it is empty. */
    JournalEntry lastEntry() {
        return entries.getLast();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    long lastOffset() {
        return offset;
    }

    /** By which shards what it took over was handed over, one for each. */
    List<Integer> takenFrom() {
        return takenFrom;
    }

    List<Change> changes() {
        return changes;
    }

    /** To be run in order once the transaction is committed. */
    List<Runnable> replies() {
        return replies;
    }
}
