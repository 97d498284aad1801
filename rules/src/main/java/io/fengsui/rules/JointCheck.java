package io.fengsui.rules;

import java.time.Duration;
import java.util.List;

/**
 * Several rules say something about one place or one subject: sources that confirm one another.
 *
 * @param rules their ids; each must find something
 * @param within one that is over counts for so long after it began
 */
public record JointCheck(List<String> rules, Link link, Duration within) implements RuleCheck {
    /** Most rules that one joins. */
    public static final int MAX_RULES = 8;

    /** What they have in common. */
    public enum Link {
        /** The grid and the name of the place. */
        PLACE,
        /** The household or object. */
        SUBJECT
    }

    public JointCheck {
        rules = List.copyOf(rules);
        RuleCheck.checkTime("within", within);
        if (rules.size() < 2
                || rules.size() > MAX_RULES
                || rules.stream().distinct().count() < rules.size()) {
            throw new IllegalArgumentException("two to " + MAX_RULES + " different rules are joined");
        }
    }
}
