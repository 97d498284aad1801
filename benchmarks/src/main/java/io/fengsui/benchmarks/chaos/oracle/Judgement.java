package io.fengsui.benchmarks.chaos.oracle;

import java.util.List;

/**
 * What became of obligations.
 *
 * @param issued how many were issued
 * @param acknowledged how many were acknowledged
 * @param lost acknowledged, and not stored
 * @param unknown stored, and never issued
 * @param altered stored with another payload
 * @param repeated stored more than once; which is bad where each is to be stored once
 * @param ticketsMissing keys without a ticket
 * @param ticketsDoubled keys with more than one ticket
 * @param ticketsUnknown tickets of a key that nobody expects
 * @param isFresh whether an event that was issued after all faults came through
 */
public record Judgement(
        int issued,
        int acknowledged,
        List<String> lost,
        List<String> unknown,
        List<String> altered,
        List<String> repeated,
        List<String> ticketsMissing,
        List<String> ticketsDoubled,
        List<String> ticketsUnknown,
        boolean isFresh) {

    /** Whether nothing is lost, invented or changed, each ticket is there once, and it still works. */
    public boolean isKept() {
        return lost.isEmpty()
                && unknown.isEmpty()
                && altered.isEmpty()
                && ticketsMissing.isEmpty()
                && ticketsDoubled.isEmpty()
                && ticketsUnknown.isEmpty()
                && isFresh;
    }

    /** What is missing: obligations and tickets. */
    public int losses() {
        return lost.size() + altered.size() + ticketsMissing.size();
    }

    /** What should not be there. */
    public int surplus() {
        return unknown.size() + ticketsDoubled.size() + ticketsUnknown.size();
    }

    /** What is wrong, with a few examples; empty when nothing is. */
    public String complaint() {
        StringBuilder said = new StringBuilder();
        say(said, "lost", lost);
        say(said, "unknown", unknown);
        say(said, "altered", altered);
        say(said, "without ticket", ticketsMissing);
        say(said, "with two tickets", ticketsDoubled);
        say(said, "with a ticket nobody expects", ticketsUnknown);
        if (!isFresh) {
            said.append("nothing passes any more; ");
        }
        return said.toString();
    }

    private static void say(StringBuilder said, String what, List<String> ids) {
        if (!ids.isEmpty()) {
            said.append(what)
                    .append(' ')
                    .append(ids.size())
                    .append(": ")
                    .append(ids.subList(0, Math.min(5, ids.size())))
                    .append("; ");
        }
    }
}
