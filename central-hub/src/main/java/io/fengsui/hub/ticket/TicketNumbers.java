package io.fengsui.hub.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers tickets by local day, from 1 on, without a gap. Writer's thread only. */
public final class TicketNumbers {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final ZoneId zone;
    private final TicketTable table;
    private String day = "";
    private int last;

    public TicketNumbers(ZoneId zone, TicketTable table) {
        this.zone = zone;
        this.table = table;
    }

    Ticket.Id next(String incident, Instant now) {
        String today = LocalDate.ofInstant(now, zone).format(DAY);
        if (!today.equals(day)) {
            day = today;
            last = table.lastNumber(today);
        }
        last++;
        return new Ticket.Id(String.format(Locale.ROOT, "%s-%04d", today, last), last, incident);
    }

    void forget() {
        day = "";
    }
}
