package io.fengsui.fieldsim.load;

import org.jspecify.annotations.Nullable;

/** Viewers by the millisecond in which they are due; a slot is a list through the viewers, so that nothing is allocated. Event loop only. */
final class Wheel {
    private static final int SLOTS = 256;
    private static final long SLOT_NANOS = 1_000_000;

    private final @Nullable Viewer[] slots = new Viewer[SLOTS];
    private long done;

    Wheel(long nowNanos) {
        done = slot(nowNanos);
    }

    private static long slot(long nanos) {
        return Math.floorDiv(nanos, SLOT_NANOS);
    }

    void add(Viewer viewer) {
        // What is due beyond one turn, or was, is looked at again when its slot comes.
        long slot = Math.max(slot(viewer.dueNanos()), done + 1);
        int at = (int) (slot % SLOTS);
        viewer.next = slots[at];
        slots[at] = viewer;
    }

    /** Lets all that are due send; returns how late the latest of them was. */
    long advance(long nowNanos) {
        long to = slot(nowNanos);
        long late = 0;
        if (to - done > SLOTS) {
            done = to - SLOTS;
        }
        while (done < to) {
            done++;
            int at = (int) (done % SLOTS);
            Viewer viewer = slots[at];
            slots[at] = null;
            while (viewer != null) {
                Viewer following = viewer.next;
                viewer.next = null;
                if (!viewer.isStopped()) {
                    if (viewer.dueNanos() <= nowNanos) {
                        late = Math.max(late, nowNanos - viewer.dueNanos());
                        viewer.tick(nowNanos);
                    }
                    add(viewer);
                }
                viewer = following;
            }
        }
        return late;
    }
}
