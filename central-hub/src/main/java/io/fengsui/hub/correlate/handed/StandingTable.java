package io.fengsui.hub.correlate.handed;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the writer of tickets asks about other writers' edges, and keeps of their incidents; used inside its transaction. */
public interface StandingTable {
    /** Which ticket stands for an incident; null when none does. */
    @Nullable
    String ticket(String incident);

    /** Those of these incidents of which something is committed and not taken over yet. */
    Set<String> coming(Collection<String> incidents);

    void write(Collection<Standing> standings);

    /** @param ticket null when none stands for it */
    record Standing(String incident, @Nullable String ticket) {}
}
