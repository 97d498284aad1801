package io.fengsui.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {
    @ParameterizedTest
    @CsvSource({
        "'{base}/{device}/state', 'z2m/+/state'",
        "'{base}/{device...}', 'z2m/#'",
        "'{base}/{device...}/availability', 'z2m/#'",
        "'/{product}/{device}/online', '/+/+/online'",
        "'a/#', 'a/#'"
    })
    void becomesAFilter(String pattern, String filter) {
        assertThat(new TopicPattern(pattern).withBase("z2m").filter()).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/+, a/b, true",
        "a/+, a/b/c, false",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "+/b, a/c, false",
        "#, $SYS/x, false",
        "a/b, a, false"
    })
    void matchesTopicsAsMqttDoes(String filter, String topic, boolean expected) {
        assertThat(new TopicPattern(filter).match(TopicPattern.levels(topic)).isPresent())
                .isEqualTo(expected);
    }

    @Test
    void namesWhatVaries() {
        TopicPattern pattern = new TopicPattern("a/{device...}/{leaf}/availability");
        assertThat(pattern.match(TopicPattern.levels("a/b/厨房/d/availability")))
                .contains(Map.of("device", "b/厨房", "leaf", "d"));
        assertThat(pattern.match(TopicPattern.levels("a/d/availability"))).isEmpty();
        assertThat(pattern.match(TopicPattern.levels("a/b/c/d/state"))).isEmpty();
    }

    @Test
    void writesTheDeviceOut() {
        TopicPattern pattern =
                new TopicPattern("{base}/{device...}").withBase("z").withDevice("a/b");
        assertThat(pattern.isPlain()).isTrue();
        assertThat(pattern.filter()).isEqualTo("z/a/b");
    }

    @Test
    void refusesWhatIsNoTopic() {
        for (String wrong :
                new String[] {"", "a/#/b", "a/{b...}/{c...}", "a/{B}", "a/b+", "a\u0000b", "x/".repeat(40)}) {
            assertThatThrownBy(() -> new TopicPattern(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
