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
import org.jdbi.v3.core.JdbiException;

/**
 * One try of one batch: every input gets its offset and goes through the stages; rows, journal and positions are
 * written; what is to be told is kept until the commit. Writer's thread only; used once.
 */
final class Attempt {
    /** One thing of the batch and when it was taken out of the ring. */
    record Item(Work work, Instant now) {}

    private final ShardParts parts;
    private final Map<Integer, String> undecidable;
    private final boolean isCareful;
    private final ChangeLog changeLog = new ChangeLog();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Ledger.Quarantined> quarantined = new ArrayList<>();
    private final List<Runnable> replies = new ArrayList<>();
    private List<Change> changes = List.of();
    private long offset;

    /**
     * @param undecidable which inputs of the batch, counted from 1, earlier tries could not decide, and why
     * @param isCareful whether rows are written after each input, so that the one whose row is refused is known
     */
    Attempt(ShardParts parts, long lastOffset, Map<Integer, String> undecidable, boolean isCareful) {
        this.parts = parts;
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
            case Work.Tick tick ->
                parts.stages().forEach(stage -> stage.due(item.now()).forEach(input -> take(input, item.now())));
        }
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

    List<Change> changes() {
        return changes;
    }

    /** To be run in order once the transaction is committed. */
    List<Runnable> replies() {
        return replies;
    }
}
