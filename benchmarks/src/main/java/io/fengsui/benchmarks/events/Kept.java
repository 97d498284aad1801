package io.fengsui.benchmarks.events;

import io.fengsui.hub.store.HubDatabase;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a hub's database holds.
 *
 * @param events each once
 * @param held incidents that wait for their cause, or for the end of works
 * @param astray incidents that have no ticket and wait for nothing
 * @param joined how many share the ticket of others, by the reason
 * @param messages of the outbox
 * @param told those of them that were taken by their receiver
 */
record Kept(
        long events,
        long incidents,
        long held,
        long astray,
        Map<String, Long> joined,
        long tickets,
        long messages,
        long told) {
    static final Kept NOTHING = new Kept(0, 0, 0, 0, Map.of(), 0, 0, 0);

    Kept {
        joined = new TreeMap<>(joined);
    }

    static Kept in(HubDatabase database) {
        String held = "FROM gathered WHERE ticket_id IS NULL AND held_until IS NOT NULL";
        return new Kept(
                count(database, "SELECT COUNT(*) FROM event"),
                count(database, "SELECT COUNT(*) FROM incident"),
                count(database, "SELECT COUNT(*) " + held),
                count(
                        database,
                        "SELECT COUNT(*) FROM incident WHERE ticket_id IS NULL AND id NOT IN (SELECT incident_id "
                                + held + ")"),
                database.reader()
                        .withHandle(handle -> handle.createQuery(
                                        "SELECT reason, COUNT(*) AS many FROM gathered WHERE ticket_id IS NOT NULL"
                                                + " AND reason <> 'own' AND incident_id NOT IN (SELECT incident_id FROM ticket)"
                                                + " GROUP BY reason")
                                .reduceRows(new TreeMap<>(), (found, row) -> {
                                    found.put(row.getColumn("reason", String.class), row.getColumn("many", Long.class));
                                    return found;
                                })),
                count(database, "SELECT COUNT(*) FROM ticket"),
                count(database, "SELECT COUNT(*) FROM outbox"),
                count(database, "SELECT COUNT(*) FROM outbox WHERE state = 'delivered'"));
    }

    static long count(HubDatabase database, String sql) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
