package io.fengsui.hub.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On which kinds lives hang, and what work that names kinds means of them. */
class LifeSafetyTest {
    @ParameterizedTest
    @CsvSource({
        "fire.smoke, INFO, true",
        "fire.smoke.indoor, MINOR, true",
        "gas.leak, MAJOR, true",
        "water.level.high, MINOR, true",
        "water.flood, MAJOR, true",
        "safety.alarm-button, MAJOR, true",
        "safety.help, WARNING, true",
        "safety.drowning, MAJOR, true",
        "safety.intrusion, MAJOR, false",
        "safety.intrusion, CRITICAL, true",
        "safety.helpers, MAJOR, false",
        "water.leak, MAJOR, false",
        "water.leak, CRITICAL, true",
        "fireworks.seen, MAJOR, false",
        "security.door.forced, CRITICAL, true",
        "health.camera.offline, MAJOR, false",
        "health.edge.silent, CRITICAL, false",
    })
    void livesHangOnThese(String kind, Severity severity, boolean hang) {
        assertThat(LifeSafety.concerns(new EventKind(kind), severity)).isEqualTo(hang);
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void theNamedSourceWaitsWhateverItSays(Severity severity) {
        EventKind smoke = new EventKind("fire.smoke");
        assertThat(LifeSafety.mayWait(List.of("smoke-1", "smoke-2"), "smoke-2", smoke, severity))
                .isTrue();
        assertThat(LifeSafety.mayWait(List.of("smoke-1"), "smoke-2", smoke, severity))
                .isFalse();
        assertThat(LifeSafety.mayWait(List.of(), "smoke-2", smoke, severity)).isFalse();
        assertThat(LifeSafety.mayWait(List.of(), "cam-1", new EventKind("traffic.stopped"), severity))
                .isEqualTo(severity != Severity.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "fire.*, fire.*, true",
        "fire.smoke, fire.smoke, true",
        "fire.smoke.*, fire.smoke.*, true",
        "safety.help, safety.help, true",
        "safety.*, safety.alarm-button safety.help safety.drowning, false",
        "water.*, water.level.* water.flood, false",
        "water.level.high, water.level.high, true",
        "water.leak, '', false",
        "health.*, '', false",
        "safety.helpers, '', false",
        "safety.help.*, '', false",
        "'*', fire.* gas.* water.level.* water.flood safety.alarm-button safety.help safety.drowning, false",
    })
    void ofWhatSomebodyNamesTheseAreMeant(String named, String meant, boolean isAll) {
        KindPattern pattern = new KindPattern(named);
        assertThat(String.join(
                        " ",
                        LifeSafety.within(List.of(pattern)).stream()
                                .map(KindPattern::text)
                                .toList()))
                .isEqualTo(meant);
        assertThat(LifeSafety.isAll(pattern)).isEqualTo(isAll);
    }

    @Test
    void noKindsMeanAllAndEachIsMeantOnce() {
        assertThat(LifeSafety.within(List.of())).isEqualTo(LifeSafety.KINDS);
        assertThat(LifeSafety.within(List.of(new KindPattern("fire.*"), new KindPattern("*"))))
                .containsExactlyElementsOf(LifeSafety.KINDS);
    }
}
