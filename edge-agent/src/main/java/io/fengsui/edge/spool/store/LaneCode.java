package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;

/** The numbers under which lanes lie in the file: never changed. */
public final class LaneCode {
    static final int URGENT = 0;
    static final int BULK = 1;

    private LaneCode() {}

    public static int of(Lane lane) {
        return switch (lane) {
            case URGENT -> URGENT;
            case BULK -> BULK;
        };
    }

    public static Lane lane(int code) {
        return code == URGENT ? Lane.URGENT : Lane.BULK;
    }
}
