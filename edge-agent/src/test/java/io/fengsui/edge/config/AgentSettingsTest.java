package io.fengsui.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fengsui.edge.config.ConfigurationStore.Loaded;
import io.fengsui.edge.config.ReloadPlan.Change;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class AgentSettingsTest {
    private static final Path REFERENCE = Path.of("../config/edge-agent.yaml");
    private static final Path SCHEMA = Path.of("../config/edge-agent.schema.json");
    private static final ModelProbe NO_MODEL =
            folder -> Set.of("person", "car", "truck", "bus", "suitcase", "backpack", "handbag");

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private Optional<AgentSettings> read(String text) {
        return SettingsFile.parse(
                        "edge-agent.yaml", folder, text.getBytes(StandardCharsets.UTF_8), name -> null, problems)
                .flatMap(root -> new AgentSettingsReader(NO_MODEL).read(root));
    }

    @Test
    void theReferenceConfigurationIsGood() throws IOException {
        Optional<AgentSettings> read = SettingsFile.read(REFERENCE, problems)
                .flatMap(root -> new AgentSettingsReader(ModelProbe.FULL).read(root));
        assertThat(problems.list()).isEmpty();
        AgentSettings settings = read.orElseThrow();
        assertThat(settings.cameras()).hasSize(1);
        assertThat(settings.rules()).hasSize(14);
        assertThat(settings.field().sensors()).hasSize(6);
        assertThat(settings.outward().hub().tls()).isEmpty();
    }

    @Test
    void theDemosConfigurationIsGood() throws IOException {
        Files.writeString(folder.resolve("cam-bridge.password"), "simulated-bridge\n");
        String text = Files.readString(Path.of("../config/demo/edge-agent.yaml"))
                .replace("@RTSP@", "8554")
                .replace("@MQTT@", "1883");
        assertThat(read(text)).isPresent();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void theReferenceConfigurationFollowsItsSchema() throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(REFERENCE));
        String json = new ObjectMapper().writeValueAsString(tree);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("\"cool-down\"", "\"cooldown\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theDefaultsWrittenInTheReferenceAreThoseOfTheProgram() throws IOException {
        AgentSettings written = SettingsFile.read(REFERENCE, problems)
                .flatMap(root -> new AgentSettingsReader(NO_MODEL).read(root))
                .orElseThrow();
        AgentSettings bare = read("""
                        edge: {id: edge-1, site: yangxinghe}
                        cameras: [{id: gate, rtsp: {uri: "rtsp://127.0.0.1:8554/gate"}}]
                        brokers: [{name: village, uri: "mqtt://127.0.0.1:1883"}]
                        sensors: [{id: smoke-12, topic: village/smoke/12, quantity: smoke, state: {pointer: /alarm}}]
                        """).orElseThrow();
        assertThat(bare.outward()).isEqualTo(written.outward());
        assertThat(bare.decisions().patience()).isEqualTo(written.decisions().patience());
        assertThat(bare.identity().timeZone()).isEqualTo(written.identity().timeZone());
        assertThat(bare.cameras().getFirst().stream()).isEqualTo(written.cameras().getFirst().stream());
        assertThat(bare.cameras().getFirst().gate())
                .isEqualTo(written.cameras().getFirst().gate());
        assertThat(bare.field().brokers()).isEqualTo(written.field().brokers());
        assertThat(bare.storage().maxSpoolBytes()).isEqualTo(written.storage().maxSpoolBytes());
        assertThat(bare.storage().maxEvidenceBytes())
                .isEqualTo(written.storage().maxEvidenceBytes());
        assertThat(bare.field().sensors().getFirst().feed())
                .isEqualTo(written.field().sensors().getFirst().feed());
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceAndWhatToWrite() {
        read("""
                edge: {id: edge-1, site: village}
                hub: {address: 192.0.2.1:8600}
                ops: {listen: 0.0.0.0:8610}
                camras: []
                cameras:
                  - id: gate
                    rtsp: {uri: "rtsp://admin:hunter2@192.0.2.7/1"}
                  - id: pond
                    rtsp: {uri: "rtsp://192.0.2.8/1", username: admin, password: hunter2}
                    zones: [{id: z, polygon: [[0, 0], [1, 1]]}]
                  - id: pond
                    rtsp: {uri: "rtsp://192.0.2.9/1"}
                    stall-after: 10
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1"}
                sensors:
                  - {id: s, broker: vilage, topic: "a/#/b", quantity: smoke, state: {pointer: alarm}}
                rules:
                  - {id: r, kind: safety.intrusion, severity: major, dwell: {cameras: [gat], labels: [person], time: 1s}}
                """);
        assertThat(problems.list())
                .extracting(p -> p.where().line() + " " + p.where().key() + " " + p.code())
                .contains(
                        "2 hub.address MISSING",
                        "3 ops.listen MISSING",
                        "4 camras UNKNOWN_KEY",
                        "7 cameras[0].rtsp.uri SECRET",
                        "9 cameras[1].rtsp.password SECRET",
                        "10 cameras[1].zones[0].polygon VALUE",
                        "11 cameras[2].id VALUE",
                        "13 cameras[2].stall-after TYPE",
                        "17 sensors[0].broker REFERENCE",
                        "17 sensors[0].topic VALUE",
                        "17 sensors[0].state.pointer VALUE",
                        "19 rules[0].dwell.cameras[0] REFERENCE");
        assertThat(problems.toString()).doesNotContain("hunter2").contains("write 'cameras'", "write one of village");
    }

    @Test
    void aSensorWhoseIdOrTopicCannotBeIsToldLikeTheRest() {
        read("""
                edge: {id: edge-1, site: village}
                brokers: [{name: village, uri: "mqtt://127.0.0.1"}]
                sensors:
                  - {id: "smoke 1", topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                  - {id: deep, topic: "%s", quantity: smoke, state: {pointer: /smoke}}
                  - {id: strange, topic: "a\\u0007b", quantity: smoke, state: {pointer: /smoke}}
                  - {id: far, profile: zigbee2mqtt.smoke, base: "%s", device: "%s"}
                """.formatted("a/".repeat(40) + "b", "b".repeat(500), "d".repeat(100)));
        assertThat(problems.list())
                .extracting(p -> p.where().line() + " " + p.where().key())
                .containsExactly("4 sensors[0].id", "5 sensors[1].topic", "6 sensors[2].topic", "7 sensors[3].profile");
    }

    @Test
    void aBadModelIsAProblemOfItsKey() {
        Optional<AgentSettings> settings = SettingsFile.parse(
                        "a.yaml", "edge: {id: e, site: s}\nvision: {model: none}\n", problems)
                .flatMap(root -> new AgentSettingsReader(ModelProbe.FULL).read(root));
        assertThat(settings).isEmpty();
        assertThat(problems.list()).extracting(p -> p.where().key()).containsExactly("vision.model");
    }

    @Test
    void refusesABadFirstFileAndFallsBackLater() throws IOException {
        Path file = folder.resolve("edge-agent.yaml");
        ConfigurationStore store = new ConfigurationStore(file, NO_MODEL, name -> null);
        Files.writeString(file, "data-dir: state # here\nedge: {id: e}\n");
        assertThat(store.load())
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.problems().list())
                                .extracting(Problem::code)
                                .containsExactly(Problem.Code.MISSING));
        Files.writeString(file, "data-dir: state # here\nedge: {id: e, site: s}\n");
        assertThat(store.load()).isInstanceOf(Loaded.Accepted.class);
        Files.writeString(file, "data-dir: state # here\nedge: {id: e, site: [\n");
        assertThat(store.load()).isInstanceOfSatisfying(Loaded.FellBack.class, fellBack -> {
            assertThat(fellBack.settings().identity().site()).isEqualTo("s");
            assertThat(fellBack.problems().toString()).contains("not YAML");
        });
        assertThat(store.dataDirectory()).isEqualTo(folder.resolve("state"));
    }

    @Test
    void aBadModelIsRefusedAtTheFirstStartAndStopsVisionOnlyLater() throws IOException {
        Path file = folder.resolve("edge-agent.yaml");
        AtomicBoolean isBad = new AtomicBoolean(true);
        ModelProbe probe = model -> {
            if (isBad.get() || model.toString().contains("missing")) {
                throw new BadModelException("another hash");
            }
            return Set.of("person");
        };
        ConfigurationStore store = new ConfigurationStore(file, probe, name -> null);
        Files.writeString(file, "edge: {id: e, site: s}\n");
        assertThat(store.load()).isInstanceOf(Loaded.Refused.class);
        isBad.set(false);
        assertThat(store.load()).isInstanceOf(Loaded.Accepted.class);
        Files.writeString(file, "edge: {id: e, site: moved}\nvision: {model: missing}\n");
        assertThat(store.load())
                .as("another model, while the last good one can be served")
                .isInstanceOfSatisfying(
                        Loaded.FellBack.class,
                        last -> assertThat(last.settings().identity().site()).isEqualTo("s"));
        isBad.set(true);
        assertThat(store.load())
                .as("no model can be served")
                .isInstanceOfSatisfying(
                        Loaded.Accepted.class,
                        blind -> assertThat(blind.settings().identity().site()).isEqualTo("moved"));
        Files.writeString(file, "edge: {id: e, site: [\n");
        assertThat(store.load())
                .as("neither the model nor the file is good")
                .isInstanceOfSatisfying(
                        Loaded.FellBack.class,
                        last -> assertThat(last.settings().identity().site()).isEqualTo("s"));
        Files.delete(file);
        assertThat(store.load()).isInstanceOf(Loaded.FellBack.class);
    }

    @Test
    void readsPatienceAndTimeZoneAndRefusesAZoneThatIsNone() {
        AgentSettings settings = read("""
                edge: {id: e, site: s, time-zone: Asia/Urumqi}
                health: {camera-offline-after: 30s, broker-offline-after: 1m, vision-down-after: 2m}
                """).orElseThrow();
        assertThat(settings.identity().timeZone()).isEqualTo(ZoneId.of("Asia/Urumqi"));
        assertThat(settings.decisions().patience())
                .isEqualTo(new AgentSettings.Patience(
                        Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2)));
        assertThat(read("edge: {id: e, site: s, time-zone: Mars/Olympus}")).isEmpty();
        assertThat(problems.list()).extracting(p -> p.where().key()).containsExactly("edge.time-zone");
    }

    @Test
    void aReloadNamesWhatChangedAndNothingElse() {
        String camera = "  - {id: %s, rtsp: {uri: \"rtsp://127.0.0.1/%s\"}}\n";
        String head = "edge: {id: e, site: s}\nbrokers: [{name: b, uri: \"mqtt://127.0.0.1\"}]\ncameras:\n";
        AgentSettings before =
                read(head + camera.formatted("a", 1) + camera.formatted("b", 1)).orElseThrow();
        AgentSettings after =
                read(head + camera.formatted("b", 2) + camera.formatted("c", 1)).orElseThrow();
        ReloadPlan plan = ReloadPlan.between(before, after);
        assertThat(plan.cameras())
                .satisfiesExactly(
                        change -> assertThat(change)
                                .isInstanceOf(Change.Replace.class)
                                .extracting(Change::id)
                                .isEqualTo("b"),
                        change -> assertThat(change)
                                .isInstanceOf(Change.Add.class)
                                .extracting(Change::id)
                                .isEqualTo("c"),
                        change -> assertThat(change)
                                .isInstanceOf(Change.Remove.class)
                                .extracting(Change::id)
                                .isEqualTo("a"));
        assertThat(plan.sensors()).isEmpty();
        assertThat(plan.needsRestart()).isEmpty();
        assertThat(ReloadPlan.between(after, after).isEmpty()).isTrue();
        AgentSettings moved = read("data-dir: other\n" + head + camera.formatted("b", 2) + camera.formatted("c", 1))
                .orElseThrow();
        assertThat(ReloadPlan.between(after, moved).needsRestart()).isEqualTo(List.of("data-dir and storage"));
    }
}
