package io.fengsui.hub.shard.input;

import java.util.concurrent.CompletableFuture;

/** Takes tasks. The future says after the commit whether the task was taken, on the writer's thread; it never fails. */
@FunctionalInterface
public interface TaskDesk {
    CompletableFuture<Boolean> take(TaskInput task);
}
