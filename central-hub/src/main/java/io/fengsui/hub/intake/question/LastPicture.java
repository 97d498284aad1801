package io.fengsui.hub.intake.question;

import io.fengsui.protocol.link.Answer;
import java.util.Map;

/** A picture with which another edge answered; it comes with an event of that edge. */
record LastPicture(String edge, Answer.Shown shown) {
    /** How the answer's event names it; read by the evidence of the hub. */
    Map<String, String> attributes() {
        return Map.of(
                HubWords.LAST_SEEN_EDGE, edge,
                HubWords.LAST_SEEN_PICTURE, shown.evidence().id().toString(),
                HubWords.LAST_SEEN_EVENT, shown.event().toString());
    }
}
