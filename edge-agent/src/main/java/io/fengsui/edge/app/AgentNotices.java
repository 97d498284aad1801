package io.fengsui.edge.app;

import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;

/** What the agent tells the hub about itself. Thread-safe. */
final class AgentNotices {
    private static final int MAX_DETAIL = 2_000;

    private final Decider decider;
    private final String edge;

    AgentNotices(Decider decider, String edge) {
        this.decider = decider;
        this.edge = edge;
    }

    /** The file on disk is not the one in force. */
    void refused(String why) {
        tell(EventKind.CONFIGURATION_REFUSED, "file", true, "refused", why);
    }

    /** The file on disk is the one in force. */
    void accepted() {
        tell(EventKind.CONFIGURATION_REFUSED, "file", false, "accepted", "");
    }

    /** Why nothing is detected although it should be; nothing is told when empty. */
    void vision(String fault) {
        if (!fault.isEmpty()) {
            tell(EventKind.VISION_FAILED, "model", true, "model_refused", fault);
        }
    }

    /** Nothing can be written since the start or since then, or it can be again. */
    void storage(boolean isShut) {
        tell(
                EventKind.STORAGE_FAILED,
                "spool",
                isShut,
                isShut ? "disk_takes_nothing" : "disk_works",
                isShut
                        ? "the data folder's disk takes nothing (read-only, full or worn): what is urgent is told from memory"
                        : "");
    }

    private void tell(EventKind kind, String part, boolean isBegun, String code, String detail) {
        String shown = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
        decider.health(new HealthNotice(kind, Severity.CRITICAL, Source.edge(edge), part, isBegun, code, shown));
    }
}
