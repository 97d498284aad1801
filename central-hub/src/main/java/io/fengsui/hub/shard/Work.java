package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What waits in the ring: inputs together with who wants to know what became of them. */
sealed interface Work {
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

    /** Time has passed: what is due? */
    record Tick() implements Work {}
}
