package io.fengsui.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.settings.Problems;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations that cannot be: each is told with its place and what to write, and nothing is thrown, loaded or waited for. */
@Timeout(60)
class BadConfigurationTest {
    private static final String GOOD = """
            edge: {id: edge-1, site: village}
            hub: {address: "127.0.0.1:8600"}
            vision: {enabled: false}
            brokers: [{name: village, uri: "mqtt://127.0.0.1:1883"}]
            sensors: [{id: s, topic: s, quantity: level, measure: {pointer: /v, unit: m}}]
            """;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("edge-agent.yaml");
    }

    private Problems problems() {
        ConfigurationStore store = new ConfigurationStore(file(), _ -> Set.of("person"), _ -> null);
        assertThat(store.load()).isInstanceOf(ConfigurationStore.Loaded.Refused.class);
        return store.check();
    }

    private static String rule(String check) {
        return GOOD + "rules: [{id: r, kind: water.high, severity: major, " + check + "}]\n";
    }

    private static String camera(String more) {
        return GOOD + "cameras: [{id: gate, rtsp: {uri: \"rtsp://127.0.0.1/1\"}, " + more + "}]\n";
    }

    private static String zone(String polygon) {
        return camera("zones: [{id: z, polygon: [" + polygon + "]}]");
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("a%d: &a%d [%s]%n"
                    .formatted(i, i, Stream.generate(() -> "*a%d").limit(9).collect(Collectors.joining(", ")))
                    .replace("%d", "" + (i - 1)));
        }
        return text.toString();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("an alias bomb", GOOD + bomb(), "more than 20 aliases"),
                Arguments.of("a thousand levels", GOOD + "rules: " + "[".repeat(1000), "nested deeper than 50 levels"),
                Arguments.of("a tag", GOOD + "rules: !!javax.script.ScriptEngineManager []\n", "is not taken here"),
                Arguments.of("a key twice", GOOD + "edge: {id: b, site: c}\n", "already set in line 1"),
                Arguments.of("a tab", GOOD + "rules:\n\t- x\n", "a tab cannot indent"),
                Arguments.of("a byte order mark", "\uFEFF" + GOOD, "byte order mark"),
                Arguments.of("NO for a number", camera("stall-after: NO"), "cameras[0].stall-after"),
                Arguments.of("an octal number", rule("threshold: {quantity: level, above: 0o17x}"), "above"),
                Arguments.of("port 0", GOOD.replace("8600", "0"), "hub.address"),
                Arguments.of("port 70000", GOOD.replace("8600", "70000"), "hub.address"),
                Arguments.of("a broker's port 0", GOOD.replace("1883", "0"), "brokers[0]"),
                Arguments.of("a broker's port 70000", GOOD.replace("1883", "70000"), "brokers[0]"),
                Arguments.of(
                        "a camera's port 0", camera("x: 1").replace("127.0.0.1/1", "127.0.0.1:0/1"), "cameras[0].rtsp"),
                Arguments.of("a negative time", rule("threshold: {quantity: level, above: 1, for: -5s}"), "for"),
                Arguments.of("a negative stay", rule("dwell: {labels: [person], time: -5s}"), "dwell.time"),
                Arguments.of("a picture of zero", camera("gate: every-0"), "cameras[0].gate"),
                Arguments.of(
                        "labels of what nobody is to see",
                        camera("masks: [{id: m, hides: picture, labels: [person], polygon: [[0, 0], [1, 0], [1, 1]]}]"),
                        "only objects have labels"),
                Arguments.of("two corners", zone("[0, 0], [1, 1]"), "polygon"),
                Arguments.of("a bow", zone("[0, 0], [1, 1], [1, 0], [0, 1]"), "polygon"),
                Arguments.of("no number", zone("[0, 0], [.nan, 1], [1, 0]"), "polygon"),
                Arguments.of("outside", zone("[0, 0], [1.5, 1], [1, 0]"), "polygon"),
                Arguments.of(
                        "100,000 corners",
                        zone(IntStream.range(0, 100_000).mapToObj(i -> "[0, 0]").collect(Collectors.joining(","))),
                        "polygon"),
                Arguments.of(
                        "loops in loops",
                        rule("threshold: {quantity: level, above: 1, when: \"" + "[1,2,3].all(a, ".repeat(200) + "true"
                                + ")".repeat(200) + "\"}"),
                        "when"),
                Arguments.of(
                        "a text of a megabyte",
                        rule("threshold: {quantity: level, above: 1, when: \"'" + "x".repeat(1 << 20) + "' == 'y'\"}"),
                        "when"),
                Arguments.of(
                        "a number for a text",
                        rule("threshold: {quantity: level, above: 1, when: \"sensor > 1.0\"}"),
                        "when"),
                Arguments.of(
                        "a sensor that is none",
                        rule("threshold: {quantity: level, sensors: [t], above: 1}"),
                        "sensors[0]"),
                Arguments.of(
                        "two cameras of one id",
                        GOOD
                                + "cameras: [{id: a, rtsp: {uri: \"rtsp://h/1\"}}, {id: a, rtsp: {uri: \"rtsp://h/2\"}}]\n",
                        "cameras[1].id"),
                Arguments.of("rules that wait for one another", GOOD + """
                                rules:
                                  - {id: a, kind: water.high, severity: major, together: {rules: [b, c], at-one: place}}
                                  - {id: b, kind: water.high, severity: major, together: {rules: [a, c], at-one: place}}
                                  - {id: c, kind: water.high, severity: major, threshold: {quantity: level, above: 1}}
                                """, "rules["));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isToldWithItsPlace(String name, String text, String expected) throws IOException {
        Files.writeString(file(), text);
        Problems problems = problems();
        assertThat(problems.toString()).contains(expected, file().toString());
        assertThat(problems.toString().length()).as("what is told is bounded").isLessThan(100_000);
    }

    /** Rules and patrols that name what has the one fault are not wrong themselves. */
    @Test
    void aPasswordThatIsNotThereIsTheOnlyFaultTold() throws IOException {
        Files.writeString(file(), GOOD.replace("1883\"", "1883\", username: a, password-env: UNSET_1") + """
                cameras:
                  - id: gate
                    rtsp: {uri: "rtsp://127.0.0.1/1", username: a, password-env: UNSET_2}
                    zones: [{id: pond, polygon: [[0, 0], [1, 0], [1, 1]]}]
                patrols: [{id: round, cameras: [gate], every: 1h}]
                rules:
                  - {id: a, kind: x.y, severity: major, dwell: {cameras: [gate], zone: pond, labels: [person], time: 5s}}
                  - {id: b, kind: x.y, severity: major, threshold: {quantity: level, sensors: [s], above: 1}, show: [gate]}
                """);
        assertThat(problems().list())
                .extracting(problem -> problem.code() + " " + problem.where().key())
                .containsExactlyInAnyOrder("SECRET brokers[0].password-env", "SECRET cameras[0].rtsp.password-env");
    }

    @Test
    void theTextThatTheTableSpoilsIsGood() throws IOException {
        Files.writeString(file(), GOOD);
        assertThat(new ConfigurationStore(file(), _ -> Set.of(), _ -> null).load())
                .isInstanceOf(ConfigurationStore.Loaded.Accepted.class);
    }

    @Test
    void aPipeAFolderALoopOfLinksAndASeaOfZeroesAreNoConfiguration() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        assertThat(problems().toString()).contains("is a folder, a pipe or a device");
        Files.delete(file());
        Files.createDirectory(file());
        assertThat(problems().toString()).contains("is a folder, a pipe or a device");
        Files.delete(file());
        Files.createSymbolicLink(file(), file());
        assertThat(problems().toString()).contains("cannot be read");
        Files.delete(file());
        try (RandomAccessFile large = new RandomAccessFile(file().toFile(), "rw")) {
            large.setLength(100L << 20);
        }
        assertThat(problems().toString()).contains("is larger than 4 MiB");
    }
}
