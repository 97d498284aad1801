package io.fengsui.edge.vision;

import io.fengsui.edge.gate.GateReason.Aim;
import io.fengsui.edge.gate.GateReason.Urgency;
import java.util.List;

/**
 * Whose turn it is in a full box: cameras that are followed and routine have half of the detector's time each. Most of routine
 * are small pictures at a tenth of a look's price, by which cameras earn the trust that makes them cheap; a box that gave
 * them one turn for each look would stay full for minutes after a power cut. Guarded by the queue's lock.
 */
final class RoutineShare {
    static final List<Urgency> USUAL = List.of(Urgency.values());

    /** Before cameras that are followed already, never before an opening. */
    private static final List<Urgency> ROUTINE_FIRST =
            List.of(Urgency.ASKED, Urgency.OPENING, Urgency.ROUTINE, Urgency.AWAKE, Urgency.FIRST);

    /** Of a look; a small picture's is 1 (2 ms of CPU time beside 20). */
    static final int LOOK_PRICE = 10;

    private int owed;

    List<Urgency> order() {
        return owed > 0 ? ROUTINE_FIRST : USUAL;
    }

    void onPolled(Urgency urgency, Aim aim) {
        int price = aim == Aim.LUMA ? 1 : LOOK_PRICE;
        switch (urgency) {
            case AWAKE -> owed = Math.min(LOOK_PRICE, owed + price);
            case ROUTINE -> owed = Math.max(0, owed - price);
            case ASKED, OPENING, FIRST -> {}
        }
    }
}
