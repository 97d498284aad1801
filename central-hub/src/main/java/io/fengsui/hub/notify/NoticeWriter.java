package io.fengsui.hub.notify;

import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.TicketFact;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts into words what is told. Pure. */
record NoticeWriter(TicketDesk.Rules rules, Map<NoticeKind, Name> templates) {
    private static final Name UNHEARD =
            new Name("(来源系统久无消息,按已消除处理)", " (not a word of it for so long that it counts as over)");

    NoticeWriter {
        templates = Map.copyOf(templates);
    }

    /** What a fact is told as; null when it is told to nobody. */
    @Nullable
    Notice of(Ticket ticket, TicketFact fact, Instant at) {
        NoticeKind kind = NoticeKind.of(fact);
        if (kind == null) {
            return null;
        }
        Map<String, String> more = new HashMap<>();
        if (fact instanceof TicketFact.DeadlineTold told) {
            more.put("percent", Integer.toString(told.percent()));
        }
        Notice notice = notice(kind, ticket, at, more);
        return fact instanceof TicketFact.ConditionCleared cleared
                        && !cleared.reason().isEmpty()
                ? notice.with(new Name(
                        cut(notice.text().zh() + UNHEARD.zh()),
                        cut(notice.text().en() + UNHEARD.en())))
                : notice;
    }

    /** @param more words that only this notice has */
    Notice notice(NoticeKind kind, Ticket ticket, Instant at, Map<String, String> more) {
        Name stateName = rules.workflow(ticket).state(ticket.stand().state()).name();
        String unit = ticket.care().unit();
        Notice.Stand stand = new Notice.Stand(
                ticket.stand().state(),
                stateName,
                unit,
                !ticket.stand().category().isUnfinished());
        Notice.About about = new Notice.About(
                ticket.matter().title(),
                ticket.matter().kind().value(),
                ticket.matter().severity(),
                stand,
                ticket.where().place().grid(),
                ticket.where().place().name(),
                ticket.times().opened());
        Name template = templates.getOrDefault(kind, kind.text());
        Name unitName = unitName(rules.router(), unit);
        Map<String, Name> words = new HashMap<>();
        words.put("ticket", both(ticket.id().text()));
        words.put("title", ticket.matter().title());
        words.put("place", about.place());
        words.put("unit", unitName);
        words.put("state", stateName);
        words.put("kind", both(about.kind()));
        words.put("severity", severity(about.severity()));
        more.forEach((word, text) -> words.put(word, both(text)));
        return new Notice(kind, ticket.id().text(), ticket.stand().version(), at, fill(template, words), about);
    }

    private static Name both(String text) {
        return new Name(text, text);
    }

    private static Name unitName(Router router, String id) {
        return router.unit(id).map(Unit::name).orElse(both(id));
    }

    static Name severity(Severity severity) {
        String en = severity.name().toLowerCase(Locale.ROOT);
        return switch (severity) {
            case CRITICAL -> new Name("特急", en);
            case MAJOR -> new Name("紧急", en);
            case MINOR -> new Name("一般", en);
            case WARNING -> new Name("提醒", en);
            case INFO -> new Name("信息", en);
        };
    }

    private static Name fill(Name template, Map<String, Name> words) {
        Map<String, String> zh = new HashMap<>();
        Map<String, String> en = new HashMap<>();
        words.forEach((word, name) -> {
            zh.put(word, name.zh());
            en.put(word, name.en());
        });
        return new Name(cut(Template.fill(template.zh(), zh)), cut(Template.fill(template.en(), en)));
    }

    private static String cut(String text) {
        return text.length() <= Checks.MAX_TEXT ? text : text.substring(0, Checks.MAX_TEXT);
    }
}
