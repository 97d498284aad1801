package io.fengsui.hub.correlate.handed;

import io.fengsui.hub.correlate.ClockOffsets;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands over what concerns tickets. An incident of which something was handed over that may have made a ticket is marked
 * by {@link Incident#ELSEWHERE}, and from then on everything of it is handed over. Writer's thread only.
 */
public final class HandingOver implements IncidentSink {
    private final Predicate<EventKind> mayMatter;
    private final ClockOffsets offsets;

    /** @param mayMatter whether an event of this kind may make a ticket, or decide about another's */
    public HandingOver(Predicate<EventKind> mayMatter, ClockOffsets offsets) {
        this.mayMatter = mayMatter;
        this.offsets = offsets;
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        EventState event = correlation.event();
        Incident incident = correlation.incident();
        boolean matters =
                incident.ticket() != null || mayMatter.test(event.event().kind());
        if (matters || !event.event().evidence().isEmpty()) {
            String edge = incident.key().edge();
            put(
                    incident,
                    new Handed.News(
                            turn.now(),
                            correlation.reason(),
                            correlation.was() == null,
                            offsets.offset(edge),
                            event,
                            incident,
                            correlation.past().earlier().stream()
                                    .map(Correlation.Earlier::incident)
                                    .toList()),
                    turn);
        }
        return marked(incident, matters);
    }

    @Override
    public @Nullable String onConfirmation(Correlation told, Turn turn) {
        EventState event = told.event();
        Incident incident = told.incident();
        boolean matters =
                incident.ticket() != null || mayMatter.test(event.event().kind());
        if (matters) {
            put(incident, new Handed.Confirmation(turn.now(), event, incident), turn);
        }
        return marked(incident, matters);
    }

    private static @Nullable String marked(Incident incident, boolean matters) {
        return incident.ticket() == null && matters ? Incident.ELSEWHERE : incident.ticket();
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        turn.handOver(new Turn.Handed(edge, "", HandedForm.encode(new Handed.PictureLost(lost))));
    }

    private static void put(Incident incident, Handed handed, Turn turn) {
        turn.handOver(new Turn.Handed(incident.key().edge(), incident.id(), HandedForm.encode(handed)));
    }
}
