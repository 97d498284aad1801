package io.fengsui.hub.notify;

import io.fengsui.hub.notify.DeliveryTable.Sent;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides when something is told: at once, with its group, after quiet hours, or when the limit allows. Pure. */
final class SendDecider {
    private static final int ROUNDS = 16;

    private SendDecider() {}

    /**
     * @param join the message that waits already and takes it along; null: a message of its own
     * @param group that the message belongs to
     */
    record Decision(
            Instant due, SendReason reason, @Nullable String join, String group) {}

    /** @param sent what this contact was and will be told by this channel, of the last day at least */
    static Decision decide(
            Contact.Manners manners, List<Sent> sent, String group, Severity severity, Instant now, ZoneId zone) {
        QuietHours quiet = manners.quiet();
        if (quiet != null && severity.isAtLeast(quiet.except())) {
            return new Decision(now, SendReason.TOO_SEVERE_TO_WAIT, null, group);
        }
        String waiting = waiting(sent, group, now);
        if (waiting != null) {
            return new Decision(now, SendReason.JOINED, waiting, group);
        }
        Decision grouped = grouped(manners.grouping(), sent, group, now);
        Decision held = held(manners, sent, grouped, zone);
        if (held.equals(grouped)) {
            return grouped;
        }
        String digest = waiting(sent, Delivery.Address.DIGEST, now);
        return digest == null ? held : new Decision(now, SendReason.JOINED, digest, Delivery.Address.DIGEST);
    }

    /**
     * Whether something may go along with a message that goes now: it is told by no message more, so that neither limit nor
     * interval holds it back, and quiet hours do unless it is too severe.
     */
    static boolean mayGoAlong(Contact.Manners manners, Severity severity, Instant now, ZoneId zone) {
        QuietHours quiet = manners.quiet();
        return quiet == null
                || severity.isAtLeast(quiet.except())
                || !quiet.after(now, zone).isAfter(now);
    }

    private static @Nullable String waiting(List<Sent> sent, String group, Instant now) {
        for (Sent one : sent) {
            if (one.due().isAfter(now) && one.group().equals(group)) {
                return one.id();
            }
        }
        return null;
    }

    private static Decision grouped(Contact.Grouping grouping, List<Sent> sent, String group, Instant now) {
        if (!grouping.isUsed()) {
            return new Decision(now, SendReason.NOW, null, group);
        }
        Instant last = sent.stream()
                .filter(one -> one.group().equals(group))
                .map(Sent::due)
                .max(Comparator.naturalOrder())
                .orElse(null);
        Instant first = now.plus(grouping.delay());
        Instant again = last == null ? first : last.plus(grouping.interval());
        return again.isAfter(first)
                ? new Decision(again, SendReason.GROUP_INTERVAL, null, group)
                : new Decision(first, grouping.delay().isZero() ? SendReason.NOW : SendReason.GROUP_WAIT, null, group);
    }

    /** Later, by quiet hours and limit; the same decision when neither holds it back. */
    private static Decision held(Contact.Manners manners, List<Sent> sent, Decision planned, ZoneId zone) {
        Decision decision = planned;
        boolean isReminder = GroupKey.isOfReminder(planned.group());
        for (int i = 0; i < ROUNDS; i++) {
            Instant due = decision.due();
            Instant afterQuiet = manners.quiet() == null ? due : manners.quiet().after(due, zone);
            if (afterQuiet.isAfter(due)) {
                decision = new Decision(afterQuiet, SendReason.QUIET_HOURS, null, Delivery.Address.DIGEST);
            }
            Instant free = manners.limit() == null ? afterQuiet : free(manners.limit(), sent, isReminder, afterQuiet);
            if (!free.isAfter(afterQuiet)) {
                return decision;
            }
            decision = new Decision(free, SendReason.LIMIT, null, Delivery.Address.DIGEST);
        }
        return decision;
    }

    /** A reminder waits for everything, and nothing but a reminder waits for one. */
    private static Instant free(Contact.Ration limit, List<Sent> sent, boolean isReminder, Instant at) {
        Duration within = limit.within();
        List<Instant> inWindow = sent.stream()
                .filter(one -> isReminder || !GroupKey.isOfReminder(one.group()))
                .map(Sent::due)
                .filter(due -> due.isAfter(at.minus(within)) && due.isBefore(at.plus(within)))
                .sorted()
                .toList();
        return inWindow.size() < limit.most()
                ? at
                : inWindow.get(inWindow.size() - limit.most()).plus(within);
    }
}
