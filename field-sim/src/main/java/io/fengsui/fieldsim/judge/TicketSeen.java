package io.fengsui.fieldsim.judge;

import java.time.Instant;

/** What the judge needs of a ticket at the hub. */
public record TicketSeen(String id, String kind, String source, Instant openedAt) {}
