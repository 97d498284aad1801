package io.fengsui.hub.console.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.runtime.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lays down who did, saw and tried what. Any thread; never blocks. */
public final class Audit {
    private static final int MAX = 128;
    private static final int COMMIT_SECONDS = 8;

    private final TaskDesk desk;
    private final TimeSource time;

    public Audit(TaskDesk desk, TimeSource time) {
        this.desk = desk;
        this.time = time;
    }

    /** By whoever is signed in; true once it is committed, false or an error when it could not be. */
    public CompletableFuture<Boolean> note(
            ServiceRequestContext context, String action, String subject, String outcome) {
        return note(Visitor.of(context).name(), Visitor.address(context), action, subject, outcome);
    }

    /** Like {@link #note}, for what must not happen unseen: waits until it is committed, or refuses. Blocks. */
    public void commit(ServiceRequestContext context, String action, String subject) {
        commit(Visitor.of(context).name(), Visitor.address(context), action, subject);
    }

    /** By whom the route does not know yet. */
    public void commit(String actor, String address, String action, String subject) {
        boolean isNoted;
        try {
            isNoted = note(actor, address, action, subject, "done").get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isNoted = false;
        } catch (ExecutionException | TimeoutException e) {
            isNoted = false;
        }
        if (!isNoted) {
            throw busy();
        }
    }

    /** What is answered where something must not happen unseen, and cannot be laid down. */
    public static ProblemException busy() {
        return new Problem(ProblemType.BUSY, "审计记录暂时无法写入,请稍后重试", "the audit cannot be written now; try again")
                .toException();
    }

    /** @param actor what was typed as a name, where nobody is signed in */
    public CompletableFuture<Boolean> note(
            String actor, String address, String action, String subject, String outcome) {
        AuditEntry entry = new AuditEntry(time.wall(), cut(actor), address, cut(action), cut(subject), cut(outcome));
        return desk.take(new AccessTask.Audited(entry.texts()));
    }

    private static String cut(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        if (plain.length() <= MAX) {
            return plain;
        }
        // Half a letter cannot be stored as it is, and the chain would not hold.
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(MAX - 1)) ? MAX - 1 : MAX);
    }
}
