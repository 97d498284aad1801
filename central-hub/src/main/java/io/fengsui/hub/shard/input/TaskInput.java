package io.fengsui.hub.shard.input;

import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the hub's own parts and the people at its desks put into a shard; in the journal as texts. */
public sealed interface TaskInput
        permits AccessTask,
                TaskInput.DeliveryTried,
                TaskInput.LadderDue,
                TaskInput.RepeatDue,
                TaskInput.HoldOver,
                TaskInput.VerdictGiven,
                TaskInput.PictureMarked,
                TaskInput.SilencePut,
                TaskInput.SilenceEnded,
                TaskInput.ResendAsked,
                TaskInput.AlertAbsent,
                TaskInput.Reported {
    /** Which one, as in the journal. */
    String kind();

    Map<String, String> texts();

    /** Bytes that are not those of a small row, while it waits for the writer. */
    default long waitingBytes() {
        return 0;
    }

    /**
     * What became of one try to deliver a message.
     *
     * @param number of the try, from 1 on
     * @param outcome delivered, failed or refused
     */
    record DeliveryTried(String id, int number, Duration took, String outcome, String detail) implements TaskInput {
        public DeliveryTried {
            Checks.text("detail", detail);
        }

        @Override
        public String kind() {
            return "delivery-tried";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(
                    "id", id,
                    "number", Integer.toString(number),
                    "millis", Long.toString(took.toMillis()),
                    "outcome", outcome,
                    "detail", detail);
        }
    }

    /**
     * The hub's own finding: nobody has taken a ticket, and the next step of its ladder is due.
     *
     * @param run how many steps went before
     */
    record LadderDue(String ticket, int run) implements TaskInput {
        @Override
        public String kind() {
            return "ladder";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("ticket", ticket, "run", Integer.toString(run));
        }
    }

    /** The hub's own finding: for a while a contact was told nothing of a ticket that is not done. */
    record RepeatDue(String ticket, String contact) implements TaskInput {
        static final String KIND = "repeat";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("ticket", ticket, "contact", contact);
        }
    }

    /**
     * The hub's own finding: another system has not spoken of an alert for so long that it counts as over.
     *
     * @param heard when it last spoke of it
     */
    record AlertAbsent(String event, Instant heard) implements TaskInput {
        static final String KIND = "alert-absent";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("event", event, "heard", heard.toString());
        }
    }

    /** The hub's own finding: an incident has waited long enough for its ticket. */
    record HoldOver(String incident) implements TaskInput {
        @Override
        public String kind() {
            return "hold-over";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("incident", incident);
        }
    }

    /** Somebody says what a ticket was: true, false, duplicate or test. */
    record VerdictGiven(String ticket, String verdict, String by) implements TaskInput {
        @Override
        public String kind() {
            return "verdict";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("ticket", ticket, "verdict", verdict, "by", by);
        }
    }

    /** Somebody went through the pictures of a patrol's round: how the one of this camera is. */
    record PictureMarked(String event, String camera, String mark, String note, String by) implements TaskInput {
        static final String KIND = "picture-marked";

        public PictureMarked {
            Checks.id("event", event);
            Checks.id("camera", camera);
            Checks.text("note", note);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("event", event, "camera", camera, "mark", mark, "note", note, "by", by);
        }
    }

    /** Somebody silences what matches; the texts are the silence's own. */
    record SilencePut(String id, Map<String, String> silence) implements TaskInput {
        public SilencePut {
            silence = Map.copyOf(silence);
        }

        @Override
        public String kind() {
            return "silence-put";
        }

        @Override
        public Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>(silence);
            texts.put("id", id);
            return texts;
        }
    }

    record SilenceEnded(String id, String by) implements TaskInput {
        @Override
        public String kind() {
            return "silence-ended";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("id", id, "by", by);
        }
    }

    /** Somebody wants a message sent once more. */
    record ResendAsked(String id, String by) implements TaskInput {
        @Override
        public String kind() {
            return "resend";
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("id", id, "by", by);
        }
    }

    /**
     * Something that is told by a person or another system, and becomes an event like any other.
     *
     * @param id of the event that it becomes: the same report again is the same event
     */
    record Reported(String id, int revision, boolean isOver, Map<String, String> report) implements TaskInput {
        public Reported {
            report = Map.copyOf(report);
        }

        @Override
        public String kind() {
            return "reported";
        }

        @Override
        public Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>(report);
            texts.put("id", id);
            texts.put("revision", Integer.toString(revision));
            texts.put("over", Boolean.toString(isOver));
            return texts;
        }
    }
}
