package io.fengsui.hub.notify.send;

import io.fengsui.hub.shard.input.TaskInput;

/** Takes what became of each try. */
@FunctionalInterface
public interface TryLog {
    /** False when it cannot be taken now: the message is sent again later. One of the two is run otherwise. */
    boolean tried(TaskInput.DeliveryTried tried, Runnable committed, Runnable lost);
}
