package io.fengsui.hub.shard.input;

import java.util.concurrent.CompletableFuture;

/** Takes operators' commands. The future is completed after the commit, on the writer's thread; it never fails. */
public interface CommandDesk {
    CompletableFuture<CommandOutcome> submit(OperatorCommand command);
}
