package io.fengsui.hub.shard;

import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.Greeting;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.RecordBatch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What waits in the ring: inputs together with who wants to know what became of them. */
sealed interface Work {
    record Greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply) implements Work {}

    record Append(String edge, RecordBatch batch, Consumer<EventLog.Appended> reply) implements Work {}

    /** An input that nobody waits for, or whose reply is only that it is committed. */
    record Single(Input input, Runnable committed) implements Work {}

    record Command(OperatorCommand command, CompletableFuture<CommandOutcome> reply) implements Work {}

    /** Time has passed: what is due? */
    record Tick() implements Work {}
}
