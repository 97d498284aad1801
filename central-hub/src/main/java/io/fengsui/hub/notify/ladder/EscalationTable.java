package io.fengsui.hub.notify.ladder;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of escalations; used by the shard's writer inside its transaction. */
public interface EscalationTable {
    @Nullable
    Escalation find(String ticket);

    void write(Collection<Escalation> escalations);
}
