package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.protocol.Event;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rules wait for which, at what they have in common: a household, or a place. A joint event is where the last word for
 * it came from. Confined to {@code decide}.
 */
final class Joints {
    private final RuleSet rules;
    private final Map<String, Event.Origin> origins = new HashMap<>();

    Joints(RuleSet rules) {
        this.rules = rules;
    }

    /** The joint rules that hear of what a rule found there. */
    List<Binding> hearing(Binding binding, Event.Origin origin) {
        List<Binding> hearing = new ArrayList<>();
        for (CompiledRule joint : rules.joining(binding.rule().definition().id())) {
            String common = joint.definition().check() instanceof JointCheck check ? common(check, origin) : "";
            if (!common.isEmpty()) {
                Binding heard = new Binding(joint, common);
                origins.put(heard.key(), origin);
                hearing.add(heard);
            }
        }
        return hearing;
    }

    private static String common(JointCheck check, Event.Origin origin) {
        return switch (check.link()) {
            case SUBJECT -> origin.subject();
            case PLACE ->
                origin.place().name().zh().isEmpty()
                        ? ""
                        : origin.place().grid() + "|" + origin.place().name().zh();
        };
    }

    /** Where the joint event of this rule and subject is; empty for a rule that joins none. */
    Optional<Event.Origin> originOf(Binding binding) {
        return Optional.ofNullable(origins.get(binding.key()));
    }

    void carry(Joints before) {
        origins.putAll(before.origins);
    }
}
