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
 */
public record Restored(
        Map<String, byte[]> ruleStates,
        List<Event> openEvents,
        List<Event> awaitingPictures,
        List<EvidenceRow> pictures) {
    public Restored {
        ruleStates = Map.copyOf(ruleStates);
        openEvents = List.copyOf(openEvents);
        awaitingPictures = List.copyOf(awaitingPictures);
        pictures = List.copyOf(pictures);
    }
}
