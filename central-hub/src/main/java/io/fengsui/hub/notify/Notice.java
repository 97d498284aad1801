package io.fengsui.hub.notify;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.Instant;

/**
 * One thing to be told about one ticket, as it was when it happened.
 *
 * @param version of the ticket with the fact that this tells of
 * @param text in both languages, for people
 */
public record Notice(NoticeKind kind, String ticket, long version, Instant at, Name text, About about) {

    Notice with(Name newText) {
        return new Notice(kind, ticket, version, at, newText, about);
    }

    /**
     * @param place what people call it
     * @param opened when the ticket was
     */
    public record About(
            Name title, String kind, Severity severity, Stand stand, String grid, Name place, Instant opened) {}

    /** @param isOver nobody has to do anything about it any more */
    public record Stand(String state, Name stateName, String unit, boolean isOver) {}
}
