package io.fengsui.edge.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.record.Entry;
import io.fengsui.edge.record.Recorder;
import io.fengsui.edge.record.Segments;
import io.fengsui.edge.record.TestingRecords;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleInput;
import io.fengsui.runtime.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that the hub sends, over ten readings of a river that rises from 2.0 to 2.9. */
class HubReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");

    @TempDir
    Path folder;

    private final ManualTimeSource time = new ManualTimeSource(NOON.plusSeconds(60));
    private final List<Answer.Finding> progress = new ArrayList<>();
    private ConfigurationStore store;

    @BeforeEach
    void record() throws IOException {
        Path file = folder.resolve("edge-agent.yaml");
        Files.writeString(file, """
                edge: {id: edge-1, site: village}
                data-dir: data
                hub: {address: "127.0.0.1:1"}
                ops: {listen: "127.0.0.1:0"}
                vision: {enabled: false}
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1:1"}
                sensors:
                  - {id: level-1, topic: level/1, quantity: level, measure: {pointer: /level, unit: m}}
                modes: [{id: typhoon}]
                rules:
                  - {id: river, kind: water.level.high, severity: minor, threshold: {quantity: level, above: 2.45}}
                """);
        store = new ConfigurationStore(file, _ -> Set.of(), _ -> null);
        Segments segments = new Segments(folder.resolve("data/record"), 1 << 20);
        try (Recorder recorder = new Recorder(segments, new SimpleMeterRegistry())) {
            recorder.start();
            for (int i = 0; i < 10; i++) {
                Moment at = new Moment(NOON.plusSeconds(i), ClockQuality.SYNCED, "boot", i * 1_000_000_000L);
                recorder.onReading(new RuleInput.Sample(
                        new Reading("level-1", "level", 2.0 + i * 0.1, "m", Quality.GOOD, at), false));
            }
        }
    }

    private Answer.Finding replay(String rules) {
        try (HubReplay replay = new HubReplay(store, time)) {
            return replay.run(new Question.ReplayRules(rules, NOON.minusSeconds(1)), progress::add);
        }
    }

    @Test
    void saysWhatChangedRulesWouldHaveFound() {
        Answer.Finding found = replay(
                "rules:\n  - {id: river, kind: water.level.high, severity: major, threshold: {quantity: level, above: 2.65}}\n");
        assertThat(found).isInstanceOfSatisfying(Answer.Replayed.class, replayed -> {
            assertThat(replayed.readings()).isEqualTo(10);
            assertThat(replayed.rules()).containsExactly(new Answer.Replayed.Rule("river", 1, 0));
            assertThat(replayed.differences()).hasSize(1).allSatisfy(one -> {
                assertThat(one.would()).isTrue();
                assertThat(one.at()).isEqualTo(NOON.plusSeconds(7));
                assertThat(one.subject()).isEqualTo("level-1");
            });
        });
    }

    @Test
    void rulesThatAreWrongAreRefusedWithTheirLine() {
        Answer.Finding found =
                replay("rules:\n  - {id: river, kind: water.level.high, threshold: {quantity: level}}\n");
        assertThat(found)
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.reason())
                                .contains("not good")
                                .contains("rules:2"));
    }

    @Test
    void howAFileBeginsAndQuotesItsKeysDoesNotMatter() throws IOException {
        Path file = folder.resolve("edge-agent.yaml");
        String plain = Files.readString(file);
        Files.writeString(
                file,
                "%YAML 1.2\r\n# of the village\r\n---\r\n"
                        + plain.replace("rules:", "\"rules\" :").replace("edge:", "'edge':"));
        assertThat(replay("---\nrules:\n  - {id: river, kind: water.level.high, severity: major,"
                        + " threshold: {quantity: level, above: 2.65}}\n"))
                .isInstanceOf(Answer.Replayed.class);
        assertThat(replay(
                        "# mine\n---\nrules:\n  - {id: river, kind: water.level.high, threshold: {quantity: level}}\n"))
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.reason()).contains("rules:4"));
    }

    @Test
    void rulesThatFireWithoutEndAreGivenUp() throws IOException {
        try (Segments segments = new Segments(folder.resolve("data/record"), 64 << 20)) {
            Entry.Found found =
                    new Entry.Found(NOON.plusSeconds(20), "river", "level-1", Finding.Change.HAPPENED, Severity.MINOR);
            TestingRecords.write(segments, found, HubReplay.MOST_FOUND + 1);
        }
        assertThat(replay("rules: []\n"))
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing ->
                                assertThat(nothing.reason()).contains("100000").contains("shorter time"));
    }

    @Test
    void theNextIsTakenAsSoonAsOneIsAnswered() {
        try (HubReplay replay = new HubReplay(store, time)) {
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Answer.Finding> answer = new CompletableFuture<>();
                replay.start(new Question.ReplayRules("rules: []\n", NOON.minusSeconds(1)), answer::complete);
                assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(Answer.Replayed.class);
            }
        }
    }

    @Test
    void nothingButRulesAndModesIsTaken() {
        Answer.Finding found = replay("rules: []\nhub: {host: elsewhere}\n");
        assertThat(found)
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.reason()).contains("hub"));
    }
}
