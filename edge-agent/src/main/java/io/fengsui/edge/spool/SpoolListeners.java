package io.fengsui.edge.spool;

import io.fengsui.edge.spool.room.CommitOutage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears what is on disk, and that nothing can be written. Told on {@code ring-spool}, the second on {@code spool-watch} too;
 * listeners come from any thread. What a listener throws is its own affair: what is on disk stays so.
 */
final class SpoolListeners {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolListeners.class);

    private final List<Runnable> onOpen = new CopyOnWriteArrayList<>();
    private final List<Runnable> onCommit = new CopyOnWriteArrayList<>();
    private final List<Consumer<Boolean>> onOutage = new CopyOnWriteArrayList<>();
    private final CommitOutage outage;

    /** @param isFailing whether it is known already that nothing can be written */
    SpoolListeners(boolean isFailing) {
        this.outage = new CommitOutage(isFailing);
    }

    /** Whoever listened is gone. */
    void silence() {
        onOpen.clear();
        onCommit.clear();
        onOutage.clear();
    }

    /** On opening for the first time. */
    void onOpen(Runnable listener) {
        onOpen.add(listener);
    }

    void opened() {
        onOpen.forEach(SpoolListeners::tell);
    }

    void onCommit(Runnable listener) {
        onCommit.add(listener);
    }

    /** Told true when nothing can be committed, false when it can be again. */
    void onOutage(Consumer<Boolean> listener) {
        onOutage.add(listener);
    }

    /** Nothing could be committed just now, or a commit does not come back. */
    synchronized void failing(long nowNanos) {
        tell(outage.failing(nowNanos));
    }

    private void tell(CommitOutage.News news) {
        switch (news) {
            case NONE -> {}
            case BEGUN -> onOutage.forEach(listener -> tell(() -> listener.accept(true)));
            case ENDED -> onOutage.forEach(listener -> tell(() -> listener.accept(false)));
        }
    }

    void committed() {
        onCommit.forEach(SpoolListeners::tell);
        works();
    }

    private synchronized void works() {
        tell(outage.works());
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            LOG.error("who hears of the spool failed", e);
        }
    }
}
