package io.fengsui.hub.notify;

import io.fengsui.hub.correlate.gather.GatherReason;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.protocol.value.Name;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be told of a ticket, with the text that is sent unless another is configured. */
public enum NoticeKind {
    OPENED("新工单 {ticket}:{title}", "new ticket {ticket}: {title}"),
    ASSIGNED("工单 {ticket} 交由 {unit} 承办:{title}", "ticket {ticket} goes to {unit}: {title}"),
    UNROUTED("工单 {ticket} 无承办单位:{title}", "nobody answers for ticket {ticket}: {title}"),
    MOVED("工单 {ticket} 已到“{state}”:{title}", "ticket {ticket} is {state}: {title}"),
    SENT_BACK("工单 {ticket} 被退回到“{state}”:{title}", "ticket {ticket} was sent back to {state}: {title}"),
    CLOSED("工单 {ticket} 已办结:{title}", "ticket {ticket} is done: {title}"),
    DEADLINE_NEAR(
            "工单 {ticket} 时限将到({percent}%):{title}", "a deadline of ticket {ticket} is near ({percent} %): {title}"),
    DEADLINE_PASSED("工单 {ticket} 已超时:{title}", "a deadline of ticket {ticket} has passed: {title}"),
    SEVERITY_RAISED("工单 {ticket} 升级为{severity}:{title}", "ticket {ticket} is {severity} now: {title}"),
    SEVERITY_LOWERED("工单 {ticket} 降级为{severity}:{title}", "ticket {ticket} is only {severity} now: {title}"),
    CONDITION_CLEARED("工单 {ticket} 现场情况已消除:{title}", "what ticket {ticket} is about is over: {title}"),
    CONDITION_RETURNED("工单 {ticket} 现场情况再次出现:{title}", "what ticket {ticket} is about is back: {title}"),
    STILL_THERE("工单 {ticket} 办结前复核:问题仍在,已退回:{title}", "ticket {ticket} is not done, it is still there: {title}"),
    SUPERVISED("工单 {ticket} 被督办:{title}", "ticket {ticket} is supervised: {title}"),
    EXTENSION_ASKED("工单 {ticket} 申请延期:{title}", "more time is asked for ticket {ticket}: {title}"),
    /** One more that a storm put into a ticket that there was; told as a digest only. */
    STORM("同类警情暴发,又有一起并入工单 {ticket}:{title}", "so many at once: one more went into ticket {ticket}: {title}"),
    /** Nothing was told of it for as long as the contact bears: it is not done yet. */
    STILL_OPEN("工单 {ticket} 仍未办结(现为“{state}”):{title}", "ticket {ticket} is still not done ({state}): {title}"),
    ESCALATED("第 {level} 级催办,工单 {ticket}:{title}", "level {level}, nobody has taken ticket {ticket}: {title}");

    private final String zh;
    private final String en;

    NoticeKind(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    Name text() {
        return new Name(zh, en);
    }

    /** As written in files and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a fact is told as; null when it is told to nobody. */
    static @Nullable NoticeKind of(TicketFact fact) {
        return switch (fact) {
            case TicketFact.Opened opened -> OPENED;
            case TicketFact.UnitAssigned assigned -> ASSIGNED;
            case TicketFact.Unrouted unrouted -> UNROUTED;
            case TicketFact.Moved moved -> of(moved);
            case TicketFact.DeadlineTold told -> told.percent() < 100 ? DEADLINE_NEAR : DEADLINE_PASSED;
            case TicketFact.SeverityRaised raised -> SEVERITY_RAISED;
            case TicketFact.ConditionCleared cleared -> CONDITION_CLEARED;
            case TicketFact.ConditionReturned returned -> CONDITION_RETURNED;
            case TicketFact.Supervised supervised -> SUPERVISED;
            case TicketFact.ExtensionAsked asked -> EXTENSION_ASKED;
            case TicketFact.SuspendedUntil waiting -> null;
            case TicketFact.SupervisionEnded ended -> null;
            case TicketFact.Commented commented -> null;
            case TicketFact.ExtensionGranted granted -> null;
            case TicketFact.ExtensionDenied denied -> null;
            case TicketFact.EventJoined joined -> null;
            case TicketFact.PictureAttached attached -> null;
            case TicketFact.EventUnconfirmed unconfirmed -> null;
            case TicketFact.EventConfirmed confirmed -> null;
            // Told by the ladder itself, to those whom it names.
            case TicketFact.Escalated escalated -> null;
            case TicketFact.Asked asked -> null;
            case TicketFact.Follows follows -> null;
            case TicketFact.IncidentJoined joined -> joined.reason().equals(GatherReason.STORM.name()) ? STORM : null;
            case TicketFact.VerdictGiven given -> null;
            case TicketFact.SeverityLowered lowered -> SEVERITY_LOWERED;
        };
    }

    private static NoticeKind of(TicketFact.Moved moved) {
        if (moved.mark() != Mark.NONE) {
            return SENT_BACK;
        }
        return moved.category() == Category.CLOSED || moved.category() == Category.VOID ? CLOSED : MOVED;
    }
}
