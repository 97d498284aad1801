package io.fengsui.rules.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleReaderTest {
    private static final RuleScope SCOPE = new RuleScope(
            Map.of("gate-1", List.of("forbidden"), "road-1", List.of("no-stopping")),
            Map.of("river-1", Set.of("level"), "kitchen-1", Set.of("smoke")),
            Set.of("person", "car", "truck"));

    private final Problems problems = new Problems();

    @Test
    void readsOneOfEachSort() {
        List<RuleDefinition> rules = read("""
                rules:
                  - id: intrusion
                    name: {zh: 禁区闯入, en: Intrusion}
                    kind: safety.intrusion
                    severity: major
                    dwell:
                      cameras: [gate-1]
                      zone: forbidden
                      labels: [person]
                      time: 10s
                      min-confidence: 0.4
                      when: height > 0.1
                  - id: parked
                    kind: traffic.stopped
                    severity: minor
                    picture: false
                    stopped: {zone: no-stopping, labels: [car, truck], time: 60s}
                  - id: river
                    kind: water.level.high
                    severity: major
                    lease: 30m
                    threshold:
                      quantity: level
                      sensors: [river-1]
                      above: 3.0
                      clear-below: 2.8
                      for: 30s
                      steps: [{above: 3.5, severity: critical}]
                  - id: smoke
                    kind: fire.smoke
                    severity: minor
                    state: {quantity: smoke, off-delay: 30s}
                """);
        assertThat(problems.toString()).isEmpty();
        assertThat(rules).extracting(RuleDefinition::id).containsExactly("intrusion", "parked", "river", "smoke");
        assertThat(rules)
                .extracting(RuleDefinition::lane)
                .containsExactly(Lane.URGENT, Lane.BULK, Lane.URGENT, Lane.URGENT);
        assertThat(rules).extracting(RuleDefinition::wantsPicture).containsExactly(true, false, false, false);
        RuleDefinition intrusion = rules.getFirst();
        assertThat(intrusion.name().zh()).isEqualTo("禁区闯入");
        assertThat(intrusion.severity()).isEqualTo(Severity.MAJOR);
        assertThat(intrusion.check()).isInstanceOfSatisfying(RuleCheck.Dwell.class, dwell -> {
            assertThat(dwell.time()).isEqualTo(Duration.ofSeconds(10));
            assertThat(dwell.exitGrace()).isEqualTo(Duration.ofSeconds(2));
            assertThat(dwell.inertia()).isEqualTo(3);
        });
        assertThat(rules.get(2).lease()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void tellsOfEveryProblemAtOnceWithItsPlace() {
        List<RuleDefinition> rules = read("""
                rules:
                  - id: a
                    kind: intrusion
                    severity: major
                    dwell: {cameras: [gate-2], zone: forbiden, labels: [persom], time: 10}
                  - id: a
                    kind: health.mine
                    severity: bad
                    state: {quantity: smoke, when: "valeu > 1.0"}
                  - id: b
                    kind: water.level.high
                    severity: major
                  - id: c
                    kind: water.level.high
                    severity: major
                    threshold: {quantity: level, above: 3, below: 2, clear-below: 4}
                  - id: d
                    kind: water.level.high
                    severity: major
                    threshold: {quantity: level, above: 3, clear-below: 4}
                  - id: e
                    kind: water.level.high
                    severity: major
                    inertia: 4
                    threshold: {quantity: smoke, sensors: [river-1], above: 3}
                """);
        assertThat(rules).isEmpty();
        assertThat(problems.list())
                .extracting(p -> p.where().line() + " " + p.where().key() + " " + p.code())
                .contains(
                        "3 rules[0].kind VALUE",
                        "5 rules[0].dwell.cameras[0] REFERENCE",
                        "5 rules[0].dwell.zone REFERENCE",
                        "5 rules[0].dwell.labels[0] REFERENCE",
                        "5 rules[0].dwell.time TYPE",
                        "6 rules[1].id VALUE",
                        "7 rules[1].kind VALUE",
                        "8 rules[1].severity VALUE",
                        "9 rules[1].state.when VALUE",
                        "10 rules[2].id MISSING",
                        "16 rules[3].threshold.quantity VALUE",
                        "20 rules[4].threshold VALUE",
                        "24 rules[5].inertia UNKNOWN_KEY",
                        "25 rules[5].threshold.quantity REFERENCE");
        assertThat(problems.list())
                .filteredOn(p -> p.where().key().endsWith("when"))
                .extracting(Problem::reason)
                .allSatisfy(reason -> assertThat(reason).contains("1:1: undeclared reference to 'valeu'", "\n^"));
    }

    @Test
    void changesItsVersionWithItsMeaningOnly() {
        String text = """
                rules:
                  - id: smoke
                    name: {zh: 烟}
                    kind: fire.smoke
                    severity: minor
                    state: {quantity: smoke}
                """;
        String version = read(text).getFirst().version();
        assertThat(version).hasSize(12);
        assertThat(read(text.replace("烟", "烟雾")).getFirst().version()).isEqualTo(version);
        assertThat(read(text.replace("{quantity: smoke}", "{quantity: smoke, for: 1s}"))
                        .getFirst()
                        .version())
                .isNotEqualTo(version);
    }

    @Test
    void readsZonesAndRefusesBadOnes() {
        List<Zone> zones = SettingsFile.parse("edge.yaml", """
                        zones:
                          - {id: yard, name: {zh: 院子}, polygon: [[0, 0], [1, 0], [1, 1]]}
                          - {id: two, polygon: [[0, 0], [1, 0]]}
                          - {id: eight, polygon: [[0, 0], [1, 1], [1, 0], [0, 1]]}
                          - {id: yard, polygon: [[0, 0], [1, 0], [1, 1, 2]]}
                          - {id: far, polygon: [[0, 0], [640, 0], [640, 480]]}
                        """, problems)
                .map(ZoneReader::read)
                .orElseThrow();
        assertThat(zones).extracting(Zone::id).containsExactly("yard");
        assertThat(zones.getFirst().name().en()).isEqualTo("院子");
        assertThat(problems.toString())
                .contains("zones[1].polygon: the polygon has fewer than three points; write three points or more")
                .contains("zones[2].polygon: the polygon crosses or touches itself")
                .contains("zones[3].id: the camera has a zone 'yard' already")
                .contains("zones[4].polygon: the polygon has a point outside the picture");
    }

    private List<RuleDefinition> read(String text) {
        return SettingsFile.parse("edge.yaml", text, problems)
                .map(root -> RuleReader.read(root, SCOPE))
                .orElseThrow();
    }
}
