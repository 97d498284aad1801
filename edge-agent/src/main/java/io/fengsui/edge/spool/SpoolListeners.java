package io.fengsui.edge.spool;

import io.fengsui.edge.spool.room.CommitOutage;
import io.fengsui.protocol.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what is on disk, and where urgent events go while nothing can be written. Told on {@code ring-spool};
 * listeners come from any thread.
 */
final class SpoolListeners {
    private final List<Runnable> onOpen = new CopyOnWriteArrayList<>();
    private final List<Runnable> onCommit = new CopyOnWriteArrayList<>();
    private final List<Consumer<Boolean>> onOutage = new CopyOnWriteArrayList<>();
    private volatile @Nullable VolatileSink sink;
    private boolean hasToldVolatile;

    /** Whoever listened is gone. */
    void silence() {
        onOpen.clear();
        onCommit.clear();
        onOutage.clear();
        sink = null;
    }

    /** On opening for the first time. */
    void onOpen(Runnable listener) {
        onOpen.add(listener);
    }

    void opened() {
        onOpen.forEach(Runnable::run);
    }

    void onCommit(Runnable listener) {
        onCommit.add(listener);
    }

    /** Told true when nothing can be committed, false when it can be again. */
    void onOutage(Consumer<Boolean> listener) {
        onOutage.add(listener);
    }

    void tell(CommitOutage.News news) {
        switch (news) {
            case NONE -> {}
            case BEGUN -> onOutage.forEach(listener -> listener.accept(true));
            case ENDED -> onOutage.forEach(listener -> listener.accept(false));
        }
    }

    void tellVolatileTo(VolatileSink to) {
        sink = to;
    }

    /** @param isEverything whether nothing is held in memory: what went out from there goes out from the disk now */
    void committed(boolean isEverything) {
        VolatileSink to = sink;
        if (isEverything && hasToldVolatile && to != null) {
            to.clear();
            hasToldVolatile = false;
        }
        onCommit.forEach(Runnable::run);
    }

    /**
     * No commit is possible: what is urgent goes out from memory. Returns what gave way for it there, untold, and comes late.
     *
     * @param isHeld whether it is written later
     */
    List<Event> cannotWrite(List<Event> urgent, boolean isHeld) {
        VolatileSink to = sink;
        if (to == null || urgent.isEmpty()) {
            return List.of();
        }
        hasToldVolatile = true;
        return to.offer(urgent.stream().map(Event::asVolatile).toList(), isHeld);
    }
}
