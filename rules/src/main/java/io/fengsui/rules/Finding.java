package io.fengsui.rules;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Detection;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found: the condition of one rule and subject began, changed, ended or just happened.
 *
 * @param detections those that it rests on, most telling first
 * @param why from the zone's or sensor's word to the rule's
 */
public record Finding(
        Change change,
        RuleReason reason,
        Severity severity,
        Map<String, String> attributes,
        List<Detection> detections,
        List<Reason> why) {
    /** What became of the condition. */
    public enum Change {
        BEGUN,
        UPDATED,
        ENDED,
        /** Began and was over at once. */
        HAPPENED
    }

    public Finding {
        attributes = Map.copyOf(attributes);
        detections = List.copyOf(detections);
        why = List.copyOf(why);
    }
}
