package io.fengsui.hub.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.protocol.value.Sha256;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fact as a row: what sort, from and to which state, the person's note, and the rest as a JSON object of texts. The
 * same fact gives the same bytes for ever, for they are hashed. Pure.
 */
public record FactForm(String kind, String fromState, String toState, String note, String detail) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static FactForm of(TicketFact fact) {
        return switch (fact) {
            case TicketFact.Opened opened ->
                new FactForm(
                        "opened",
                        "",
                        opened.state(),
                        "",
                        json(Map.of(
                                "event", opened.event(),
                                "kind", opened.matter().kind().value(),
                                "severity", label(opened.matter().severity()),
                                "workflow", opened.workflow())));
            case TicketFact.Moved moved ->
                new FactForm(
                        "moved",
                        moved.from(),
                        moved.to(),
                        moved.note(),
                        json(
                                moved.mark() == Mark.NONE
                                        ? Map.of("step", moved.step())
                                        : Map.of("step", moved.step(), "mark", label(moved.mark()))));
            case TicketFact.UnitAssigned assigned ->
                noted("unit-assigned", assigned.note(), Map.of("unit", assigned.unit()));
            case TicketFact.Unrouted unrouted -> of("unrouted", Map.of("reason", label(unrouted.reason())));
            case TicketFact.SuspendedUntil waiting ->
                of("suspended-until", Map.of("until", waiting.until().toString()));
            case TicketFact.Supervised supervised -> noted("supervised", supervised.note(), Map.of());
            case TicketFact.SupervisionEnded ended -> noted("supervision-ended", ended.note(), Map.of());
            case TicketFact.Commented commented -> noted("commented", commented.note(), Map.of());
            case TicketFact.ExtensionAsked asked ->
                noted("extension-asked", asked.note(), Map.of("by", asked.by().toString()));
            case TicketFact.ExtensionGranted granted ->
                noted(
                        "extension-granted",
                        granted.note(),
                        Map.of("by", granted.by().toString()));
            case TicketFact.ExtensionDenied denied ->
                noted(
                        "extension-denied",
                        denied.note(),
                        Map.of("by", denied.by().toString()));
            case TicketFact.DeadlineTold told ->
                of(
                        told.percent() < 100 ? "deadline-near" : "deadline-passed",
                        Map.of(
                                "step", told.step(),
                                "percent", Integer.toString(told.percent()),
                                "due", told.due().toString(),
                                "late", Boolean.toString(told.isLate())));
            case TicketFact.EventJoined joined ->
                of("event-joined", Map.of("event", joined.event(), "reason", label(joined.reason())));
            case TicketFact.SeverityRaised raised ->
                of("severity-raised", Map.of("from", label(raised.from()), "to", label(raised.to())));
            case TicketFact.ConditionCleared cleared ->
                of(
                        "condition-cleared",
                        cleared.reason().isEmpty()
                                ? Map.of("ended", cleared.ended().toString())
                                : Map.of("ended", cleared.ended().toString(), "reason", cleared.reason()));
            case TicketFact.ConditionReturned returned -> of("condition-returned", Map.of("event", returned.event()));
            case TicketFact.PictureAttached attached -> of("picture-attached", Map.of("evidence", attached.evidence()));
            case TicketFact.EventUnconfirmed unconfirmed ->
                of("event-unconfirmed", Map.of("event", unconfirmed.event()));
            case TicketFact.Remark remark -> of(remark.kind(), remark.detail());
            case TicketFact.EventConfirmed confirmed -> of("event-confirmed", Map.of("event", confirmed.event()));
        };
    }

    private static FactForm of(String kind, Map<String, String> detail) {
        return new FactForm(kind, "", "", "", json(detail));
    }

    private static FactForm noted(String kind, String note, Map<String, String> detail) {
        return new FactForm(kind, "", "", note, json(detail));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    /** Of everything in the row, each part with its length before it, so that no two rows have the same bytes. */
    public Sha256 hash(String ticket, long version, RecordedFact.Stamp stamp) {
        MessageDigest digest = Sha256.digest();
        String[] parts = {
            ticket,
            Long.toString(version),
            Long.toString(stamp.at().toEpochMilli()),
            stamp.actor(),
            kind,
            fromState,
            toState,
            note,
            detail
        };
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            digest.update((bytes.length + ":").getBytes(UTF_8));
            digest.update(bytes);
        }
        return Sha256.of(digest.digest());
    }
}
