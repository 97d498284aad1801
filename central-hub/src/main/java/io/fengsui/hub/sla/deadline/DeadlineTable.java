package io.fengsui.hub.sla.deadline;

import io.fengsui.rules.calendar.WorkingCalendar;
import java.util.Collection;
import java.util.List;

/** Rows of deadlines; used by the shard's writer inside its transaction. */
public interface DeadlineTable {
    /** The deadlines of a ticket that have not ended. */
    List<Deadline> open(String ticket);

    /** Writes rows together with the moment at which each is due by this calendar. */
    void write(Collection<Deadline> deadlines, WorkingCalendar calendar);
}
