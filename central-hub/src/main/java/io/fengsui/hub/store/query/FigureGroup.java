package io.fengsui.hub.store.query;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Figures over tickets that are put together.
 *
 * @param tickets also void ones; these count for nothing else than here and in {@code done}
 */
public record FigureGroup(String key, long tickets, Done done, Rates rates) {
    static FigureGroup none(String key) {
        return new FigureGroup(key, 0, new Done(0, 0, 0, 0), Rates.NONE);
    }

    /** Both together, under this one's key. */
    FigureGroup and(FigureGroup other) {
        return new FigureGroup(key, tickets + other.tickets, done.and(other.done), rates.and(other.rates));
    }

    static FigureGroup of(ResultSet rs) throws SQLException {
        return new FigureGroup(
                rs.getString("grouped"),
                rs.getLong("tickets"),
                new Done(
                        rs.getLong("closed"),
                        rs.getLong("reworks"),
                        rs.getLong("send_backs"),
                        rs.getLong("extensions")),
                new Rates(
                        new Share(rs.getLong("on_time"), rs.getLong("judged")),
                        new Share(rs.getLong("closed_on_time"), rs.getLong("to_close")),
                        new Share(rs.getLong("reworked"), rs.getLong("handled")),
                        new Share(rs.getLong("extended"), rs.getLong("valid"))));
    }

    public record Done(long closed, long reworks, long sendBacks, long extensions) {
        private Done and(Done other) {
            return new Done(
                    closed + other.closed,
                    reworks + other.reworks,
                    sendBacks + other.sendBacks,
                    extensions + other.extensions);
        }
    }

    /**
     * By what units are judged; nothing of void tickets.
     *
     * @param onTime deadlines that ended in time, of those that have ended or passed
     * @param closedOnTime tickets that were closed in time as a whole, each time that they were closed, of those that have a
     *     deadline as a whole and are closed, or not closed though it has passed
     * @param reworked tickets with rework, of those that are closed or had some
     * @param extended tickets with an extension, of all
     */
    public record Rates(Share onTime, Share closedOnTime, Share reworked, Share extended) {
        private static final Rates NONE = new Rates(Share.NONE, Share.NONE, Share.NONE, Share.NONE);

        private Rates and(Rates other) {
            return new Rates(
                    onTime.and(other.onTime),
                    closedOnTime.and(other.closedOnTime),
                    reworked.and(other.reworked),
                    extended.and(other.extended));
        }
    }

    /** So many of so many. */
    public record Share(long part, long of) {
        private static final Share NONE = new Share(0, 0);

        private Share and(Share other) {
            return new Share(part + other.part, of + other.of);
        }
    }
}
