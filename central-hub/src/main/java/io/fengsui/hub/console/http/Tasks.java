package io.fengsui.hub.console.http;

import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.hub.shard.input.TaskInput;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives tasks to the desk and waits until they are committed, or says that it is not known. Blocks. */
public final class Tasks {
    private static final int COMMIT_SECONDS = 8;

    private final TaskDesk desk;

    public Tasks(TaskDesk desk) {
        this.desk = desk;
    }

    public void commit(TaskInput task) {
        boolean isTaken;
        try {
            isTaken = desk.take(task).get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isTaken = false;
        } catch (ExecutionException | TimeoutException e) {
            isTaken = false;
        }
        if (!isTaken) {
            throw new Problem(
                            ProblemType.BUSY,
                            "中心未能在 " + COMMIT_SECONDS + " 秒内确认,请用同样的内容重试",
                            "not confirmed within " + COMMIT_SECONDS + " s; try again with the same content")
                    .toException();
        }
    }
}
