package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.intake.greeting.GreetingReason;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What waits in the ring: inputs together with who wants to know what became of them. */
sealed interface Work {
    /** Tells who waits that it could not be written. */
    default void refuse(String detail) {
        switch (this) {
            case Greet greet ->
                greet.reply()
                        .accept(new Greeting.Refused(
                                Refusal.Cause.OVERLOADED, GreetingReason.LOG_FAILED, "the hub cannot write now"));
            case Append append -> append.reply().accept(new EventLog.Appended.Failed(detail));
            case Command command ->
                command.reply()
                        .complete(new CommandOutcome.Refused(
                                CommandOutcome.Cause.UNAVAILABLE,
                                new Name("数据库暂时无法写入，请稍后再试", "the database does not write now; try again")));
            case Single single -> single.lost().run();
            case Handed handed -> {} // taken at a later tick
            case Tick tick -> {}
        }
    }

    record Greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply) implements Work {}

    record Append(String edge, RecordBatch batch, Consumer<EventLog.Appended> reply) implements Work {}

    /**
     * An input that nobody can say again: it is kept until it is committed.
     *
     * @param committed run after the commit
     * @param lost run when it had to be given up after all
     */
    record Single(Input input, Runnable committed, Runnable lost) implements Work {
        /** Of an input that nobody waits for. */
        static Single of(Input input) {
            return new Single(input, Single::nobody, Single::nobody);
        }

        private static void nobody() {}
    }

    record Command(OperatorCommand command, CompletableFuture<CommandOutcome> reply) implements Work {}

    /**
     * Something was handed over.
     *
     * @param shard by which; negative: by whichever
     * @param bound what was found at the first try: what comes meanwhile would move the places of the inputs after it
     */
    record Handed(int shard, Bound bound) implements Work {
        static final int ANY = -1;

        Handed(int shard) {
            this(shard, new Bound());
        }
    }

    /** The last ones, of each shard, that the first try of a batch found. Writer's thread only. */
    final class Bound {
        boolean isTried;
        final List<Input.From> last = new ArrayList<>();
    }

    /** Time has passed: what is due, and what was handed over that nobody told of? */
    record Tick(Handed handed) implements Work {
        Tick() {
            this(new Handed(Handed.ANY));
        }
    }
}
