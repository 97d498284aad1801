package io.fengsui.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources that confirm one another. */
class JointTest {
    private final Scripted run = new Scripted(new CompiledRule(
            new RuleDefinition(
                    "r",
                    Name.NONE,
                    new EventKind("fire.confirmed"),
                    Severity.CRITICAL,
                    Duration.ZERO,
                    false,
                    new JointCheck(List.of("smoke", "flame"), JointCheck.Link.PLACE, Duration.ofMinutes(2))),
            "",
            null));

    private void word(double second, String rule, Change change) {
        run.input(second, new RuleInput.Word(rule, change));
    }

    @Test
    void oneAloneSaysNothing() {
        word(0, "smoke", Change.BEGUN);
        run.tickUntil(1000);
        word(1000, "smoke", Change.ENDED);
        run.tickUntil(2000);
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void bothTogetherConfirmAndEndWhenNeitherIsLeft() {
        word(0, "smoke", Change.BEGUN);
        word(300, "flame", Change.BEGUN);
        word(400, "flame", Change.ENDED);
        run.restart();
        word(500, "smoke", Change.ENDED);
        run.tickUntil(2000);
        assertThat(run.brief()).containsExactly("BEGUN CONFIRMED", "ENDED NOT_CONFIRMED");
        assertThat(run.told.getLast().second()).isEqualTo(500);
    }

    @Test
    void whatIsOverCountsForAWhile() {
        word(0, "flame", Change.HAPPENED);
        word(119, "smoke", Change.BEGUN);
        assertThat(run.brief()).containsExactly("BEGUN CONFIRMED");
    }

    @Test
    void whatIsOverForLongerDoesNotCount() {
        word(0, "flame", Change.BEGUN);
        word(10, "flame", Change.ENDED);
        run.tickUntil(150);
        word(150, "smoke", Change.BEGUN);
        assertThat(run.brief()).isEmpty();
    }
}
