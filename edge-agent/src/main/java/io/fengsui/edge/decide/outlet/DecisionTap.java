package io.fengsui.edge.decide.outlet;

import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleInput;

/** Sees what rules are fed with and what they find: for recording. Called on {@code decide}: never blocks. */
public interface DecisionTap {
    /** Nobody listens. */
    DecisionTap NONE = new DecisionTap() {
        @Override
        public void onSighting(String camera, RuleInput.Sighting sighting, Moment at) {}

        @Override
        public void onReading(RuleInput.Sample sample) {}

        @Override
        public void onFinding(String rule, String subject, Finding finding, Moment at) {}
    };

    void onSighting(String camera, RuleInput.Sighting sighting, Moment at);

    void onReading(RuleInput.Sample sample);

    void onFinding(String rule, String subject, Finding finding, Moment at);
}
