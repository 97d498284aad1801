package io.fengsui.protocol.link;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge's answer to a question. */
public record Answer(UUID question, Finding finding) {
    /** What was found. */
    public sealed interface Finding {}

    /**
     * Activity of a zone in a window.
     *
     * @param watchedRatio share of the window in which the camera was truly watched; "none" means nothing without it
     * @param picture of the last time, where one is kept
     */
    public record Activity(
            boolean wasSeen,
            double watchedRatio,
            @Nullable Moment lastSeen,
            @Nullable Shown picture) implements Finding {
        public Activity {
            if (!(watchedRatio >= 0 && watchedRatio <= 1)) {
                throw new IllegalArgumentException("a ratio is 0..1, not " + watchedRatio);
            }
        }
    }

    /** A picture, and the event of the answering edge that it belongs to and comes with. */
    public record Shown(EventId event, Evidence evidence) {}

    /**
     * Whether what an event is about is still there.
     *
     * @param looked arrival of the picture or reading that this rests on
     * @param picture belongs to the event, whose next revision promises it and a later one says what became of it
     */
    public record Presence(
            boolean isPresent, Moment looked, @Nullable Evidence picture) implements Finding {}

    /** @param age how long ago the reading was heard, by the edge's steady clock */
    public record Latest(Reading reading, Duration age) implements Finding {
        public Latest {
            if (age.isNegative()) {
                throw new IllegalArgumentException("an age is not negative: " + age);
            }
        }
    }

    /**
     * What changed rules would have made of recordings.
     *
     * @param damaged segments of which only a part was read
     * @param more differences that are not named
     */
    public record Replayed(
            Instant from,
            Instant to,
            long pictures,
            long readings,
            int damaged,
            List<Rule> rules,
            List<Difference> differences,
            int more)
            implements Finding {
        public static final int MAX_RULES = 1_000;
        public static final int MAX_DIFFERENCES = 500;

        /** How often a rule would have fired, and how often it did. */
        public record Rule(String rule, int would, int was) {
            public Rule {
                Checks.id("rule", rule);
                requireCounts(would, was);
            }
        }

        /** @param would found now and not then; else the other way */
        public record Difference(boolean would, Instant at, String rule, String subject, Severity severity) {
            public Difference {
                Checks.id("rule", rule);
                Checks.text("subject", subject);
            }
        }

        public Replayed {
            requireCounts(pictures, readings, damaged, more);
            Checks.count("rules", rules.size(), MAX_RULES);
            Checks.count("differences", differences.size(), MAX_DIFFERENCES);
            rules = List.copyOf(rules);
            differences = List.copyOf(differences);
        }
    }

    private static void requireCounts(long... counts) {
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is 0 or more, not " + count);
            }
        }
    }

    /** How far an answer is; the answer follows. */
    public record Progress(double share) implements Finding {
        public Progress {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is 0..1, not " + share);
            }
        }
    }

    /** No answer, and why in a sentence. */
    public record Nothing(String reason) implements Finding {
        public Nothing {
            Checks.text("reason", reason);
        }
    }
}
