package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.protocol.Event;
import java.util.List;
import java.util.Map;

/**
 * What the last run left for {@code decide}.
 *
 * @param ruleStates bytes by key, as they were given
 * @param openEvents newest revision of each event that had not ended
 * @param awaitingPictures newest revision of each ended or instant event that was promised a picture
 * @param pictures that had not come to their end; none where they cannot be read
 * @param isWhole whether no rule state and no event had to be left out
 */
public record Restored(
        Map<String, byte[]> ruleStates,
        List<Event> openEvents,
        List<Event> awaitingPictures,
        List<EvidenceRow> pictures,
        boolean isWhole) {
    /** Where nothing can be read. */
    public static final Restored UNREAD = new Restored(Map.of(), List.of(), List.of(), List.of(), false);

    public Restored {
        ruleStates = Map.copyOf(ruleStates);
        openEvents = List.copyOf(openEvents);
        awaitingPictures = List.copyOf(awaitingPictures);
        pictures = List.copyOf(pictures);
    }
}
