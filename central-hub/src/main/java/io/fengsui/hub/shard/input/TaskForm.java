package io.fengsui.hub.shard.input;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes a {@link TaskInput} of the texts of a journal entry. Every form is kept readable for ever. */
final class TaskForm {
    private TaskForm() {}

    static TaskInput decode(String kind, Map<String, String> texts) {
        return switch (kind) {
            case "delivery-tried" ->
                new TaskInput.DeliveryTried(
                        text(texts, "id"),
                        Integer.parseInt(text(texts, "number")),
                        Duration.ofMillis(Long.parseLong(text(texts, "millis"))),
                        text(texts, "outcome"),
                        text(texts, "detail"));
            case "resend" -> new TaskInput.ResendAsked(text(texts, "id"), text(texts, "by"));
            case "ladder" -> new TaskInput.LadderDue(text(texts, "ticket"), Integer.parseInt(text(texts, "run")));
            case TaskInput.RepeatDue.KIND -> new TaskInput.RepeatDue(text(texts, "ticket"), text(texts, "contact"));
            case TaskInput.AlertAbsent.KIND ->
                new TaskInput.AlertAbsent(text(texts, "event"), Instant.parse(text(texts, "heard")));
            case "hold-over" -> new TaskInput.HoldOver(text(texts, "incident"));
            case "silence-put" -> {
                Map<String, String> silence = new TreeMap<>(texts);
                silence.remove("id");
                yield new TaskInput.SilencePut(text(texts, "id"), silence);
            }
            case "silence-ended" -> new TaskInput.SilenceEnded(text(texts, "id"), text(texts, "by"));
            case "verdict" ->
                new TaskInput.VerdictGiven(text(texts, "ticket"), text(texts, "verdict"), text(texts, "by"));
            case TaskInput.PictureMarked.KIND ->
                new TaskInput.PictureMarked(
                        text(texts, "event"),
                        text(texts, "camera"),
                        text(texts, "mark"),
                        text(texts, "note"),
                        text(texts, "by"));
            case "reported" -> reported(texts);
            case AccessTask.USER_PUT -> new AccessTask.UserPut(texts);
            case AccessTask.SESSION_PUT ->
                new AccessTask.SessionPut(
                        text(texts, "key"),
                        text(texts, "user"),
                        Long.parseLong(text(texts, "begun")),
                        Long.parseLong(text(texts, "used")));
            case AccessTask.SESSION_ENDED -> new AccessTask.SessionEnded(text(texts, "key"));
            case AccessTask.AUDITED -> new AccessTask.Audited(texts);
            case AccessTask.ANSWER_KEPT -> new AccessTask.AnswerKept(texts, Map.of());
            case String other -> throw new IllegalArgumentException("unknown kind of journal entry: " + other);
        };
    }

    private static TaskInput reported(Map<String, String> texts) {
        Map<String, String> report = new TreeMap<>(texts);
        report.keySet().removeAll(Set.of("id", "revision", "over"));
        return new TaskInput.Reported(
                text(texts, "id"),
                Integer.parseInt(text(texts, "revision")),
                Boolean.parseBoolean(text(texts, "over")),
                report);
    }

    static String text(Map<String, String> texts, String key) {
        String value = texts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a journal entry has no " + key);
        }
        return value;
    }
}
