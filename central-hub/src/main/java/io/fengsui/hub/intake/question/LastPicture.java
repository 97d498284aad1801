package io.fengsui.hub.intake.question;

import io.fengsui.protocol.link.Answer;
import java.util.Map;

/** A picture with which another edge answered; it comes with an event of that edge. */
record LastPicture(String edge, Answer.Shown shown) {
    /** How the answer's event names it; read by the evidence of the hub. */
    Map<String, String> attributes() {
        return Map.of(
                "last-seen-edge", edge,
                "last-seen-picture", shown.evidence().id().toString(),
                "last-seen-event", shown.event().toString());
    }
}
