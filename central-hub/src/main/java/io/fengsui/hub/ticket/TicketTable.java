package io.fengsui.hub.ticket;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of tickets and their facts; used by the shard's writer inside its transaction. */
public interface TicketTable {
    @Nullable
    Ticket find(String ticket);

    /** The highest number of a day, 0 when it has none; {@code day} is the part of the id before the hyphen. */
    int lastNumber(String day);

    void write(Collection<Ticket> tickets);

    void append(Collection<RecordedFact> facts);
}
