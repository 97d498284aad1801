package io.fengsui.hub.ticket;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of tickets and their facts; used by the shard's writer inside its transaction. */
public interface TicketTable {
    @Nullable
    Ticket find(String ticket);

    /** Tickets that are not done, in an order of their own, after this one; null: from the first on. */
    List<Ticket> unfinished(@Nullable Ticket after, int limit);

    /** The highest number of a day, 0 when it has none; {@code day} is the part of the id before the hyphen. */
    int lastNumber(String day);

    void write(Collection<Ticket> tickets);

    void append(Collection<RecordedFact> facts);
}
