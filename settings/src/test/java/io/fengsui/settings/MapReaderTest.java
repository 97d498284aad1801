package io.fengsui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MapReaderTest {
    private enum Level {
        LOW,
        VERY_HIGH
    }

    private record Camera(String id, int port) {
        private Camera {
            if (id.equals("forbidden")) {
                throw new IllegalArgumentException("this id is taken by the hub");
            }
        }
    }

    private final Problems problems = new Problems();

    private MapReader read(String text) {
        return SettingsFile.parse("a.yaml", text, problems).orElseThrow();
    }

    private static Optional<Camera> camera(MapReader in) {
        String id = in.id("id");
        int port = in.integer("port", 1, 65_535, 554);
        return in.finish(() -> new Camera(id, port));
    }

    @Test
    void knowsWhatIsDeclaredEvenWhereItIsWrong() {
        MapReader in = read("""
                cameras: [{id: a, port: x}, {id: b}, {port: 1}, {id: }, c, {id: a}, {id: [d]}]
                other: {id: e}
                """);
        assertThat(in.declared("cameras", "id")).containsExactly("a", "b");
        assertThat(in.declared("other", "id")).isEmpty();
        assertThat(in.declared("none", "id")).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void readsEveryType() {
        MapReader in = read("""
                text: NO
                version: 1.10
                octal: 0o17
                hex: 0xff
                negative: -3
                number: 1.5e2
                flag: true
                wait: 1h30m
                room: 1.5GiB
                level: very-high
                file: data/x
                address: rtsp://192.168.1.4:554/stream?channel=1
                list: [a, b]
                """);
        assertThat(in.string("text")).isEqualTo("NO");
        assertThat(in.string("version")).isEqualTo("1.10");
        assertThat(in.integer("octal", 0, 99)).isEqualTo(15);
        assertThat(in.integer("hex", 0, 999)).isEqualTo(255);
        assertThat(in.integer("negative", -9, 9)).isEqualTo(-3);
        assertThat(in.number("number", 0, 1_000)).isEqualTo(150);
        assertThat(in.bool("flag")).isTrue();
        assertThat(in.duration("wait", Duration.ZERO, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(90));
        assertThat(in.bytes("room", 0, Long.MAX_VALUE)).isEqualTo(1_610_612_736L);
        assertThat(in.enumeration("level", Level.class)).isEqualTo(Level.VERY_HIGH);
        assertThat(in.path("file")).isEqualTo(Path.of("data/x"));
        assertThat(in.value("address").flatMap(v -> v.uri("rtsp")))
                .contains(URI.create("rtsp://192.168.1.4:554/stream?channel=1"));
        assertThat(in.strings("list")).containsExactly("a", "b");
        assertThat(in.finish(() -> "built")).contains("built");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aMissingOrEmptyKeyGivesTheDefault() {
        MapReader in = read("empty:\ntilde: ~\n");
        assertThat(in.integer("empty", 0, 9, 4)).isEqualTo(4);
        assertThat(in.string("tilde", "d")).isEqualTo("d");
        assertThat(in.duration("none", Duration.ZERO, Duration.ofDays(1), Duration.ofSeconds(7)))
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(in.mapOrEmpty("group").bool("deep", true)).isTrue();
        assertThat(in.finish(() -> 1)).contains(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void tellsWhatToWrite(String line, String expected) {
        MapReader in = read(line);
        in.value("i").ifPresent(v -> v.integer(1, 8));
        in.value("n").ifPresent(v -> v.number(0, 1));
        in.value("b").ifPresent(ValueReader::bool);
        in.value("d").ifPresent(v -> v.duration(Duration.ofMillis(100), Duration.ofMinutes(1)));
        in.value("s").ifPresent(v -> v.bytes(1024, 1 << 20));
        in.value("e").ifPresent(v -> v.enumeration(Level.class));
        in.value("t").ifPresent(ValueReader::string);
        in.value("l").ifPresent(v -> v.list(2));
        in.value("m").ifPresent(ValueReader::map);
        in.value("u").ifPresent(v -> v.uri("rtsp", "rtsps"));
        assertThat(problems.toString()).isEqualTo(expected);
    }

    static Stream<Arguments> badValues() {
        String duration = "write a duration from 100ms to 1m such as 500ms, 10s, 5m, 24h or 7d";
        String size = "write a size from 1KiB to 1MiB such as 512KiB, 20MiB or 2GiB";
        return Stream.of(
                Arguments.of("i: 9", "a.yaml:1:4: i: 9 is out of range; write a whole number from 1 to 8"),
                Arguments.of(
                        "i: '3'",
                        "a.yaml:1:4: i: '3' is not a whole number (it is in quotes); write a whole number from 1 to 8"),
                Arguments.of(
                        "i: 007",
                        "a.yaml:1:4: i: '007' is not a whole number (a leading zero is ambiguous);"
                                + " write a whole number from 1 to 8"),
                Arguments.of(
                        "i: 99999999999999999999",
                        "a.yaml:1:4: i: '99999999999999999999' is not a whole number;"
                                + " write a whole number from 1 to 8"),
                Arguments.of("n: .nan", "a.yaml:1:4: n: '.nan' is not a number; write a number from 0 to 1"),
                Arguments.of("n: 1e999", "a.yaml:1:4: n: 1e999 is out of range; write a number from 0 to 1"),
                Arguments.of("b: yes", "a.yaml:1:4: b: 'yes' is neither true nor false; write true or false"),
                Arguments.of("d: 10", "a.yaml:1:4: d: '10' is not a duration with its unit; " + duration),
                Arguments.of("d: 30s1m", "a.yaml:1:4: d: '30s1m' is not a duration with its unit; " + duration),
                Arguments.of("d: 2h", "a.yaml:1:4: d: 2h is out of range; " + duration),
                Arguments.of("s: 20", "a.yaml:1:4: s: '20' is not a size with its unit; " + size),
                Arguments.of("s: 20MiB", "a.yaml:1:4: s: 20MiB is out of range; " + size),
                Arguments.of(
                        "e: veryhigh",
                        "a.yaml:1:4: e: 'veryhigh' is not known here; write very-high (one of low, very-high)"),
                Arguments.of("t: [x]", "a.yaml:1:4: t: here is a list, but a text belongs here; write a text"),
                Arguments.of("l: [1, 2, 3]", "a.yaml:1:4: l: the list has 3 items; write at most 2"),
                Arguments.of(
                        "l: x",
                        "a.yaml:1:4: l: here is a single value, but a list belongs here;"
                                + " write '- item' lines or [a, b]"),
                Arguments.of(
                        "m: 3",
                        "a.yaml:1:4: m: here is a single value, but a group of keys belongs here;"
                                + " write 'key: value' lines"),
                Arguments.of(
                        "u: http://x/",
                        "a.yaml:1:4: u: this is not such an address; write rtsp:// or rtsps://HOST[:PORT][/PATH]"),
                Arguments.of(
                        "u: rtsp://admin:hunter2@x/",
                        "a.yaml:1:4: u: credentials stand in the address, where logs and process lists would show them;"
                                + " write the address without them, and username and password-file beside it"));
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
        MapReader in = read("""
                cameras:
                  - {id: a, prot: 554}
                  - {id: b, port: 99999}
                  - {port: 554}
                  - {id: forbidden}
                  - {id: good}
                hub: {}
                """);
        List<Camera> cameras = in.maps("cameras", MapReaderTest::camera);
        in.string("name");
        assertThat(in.finish(() -> 1)).isEmpty();
        assertThat(cameras).containsExactly(new Camera("good", 554));
        assertThat(problems.list())
                .map(Problem::toString)
                .containsExactly(
                        "a.yaml:1:1: name: this key is missing; write 'name: …'",
                        "a.yaml:2:13: cameras[0].prot: unknown key; write 'port'",
                        "a.yaml:3:19: cameras[1].port: 99999 is out of range; write a whole number from 1 to 65535",
                        "a.yaml:4:5: cameras[2].id: this key is missing; write 'id: …'",
                        "a.yaml:5:5: cameras[3]: this id is taken by the hub",
                        "a.yaml:7:1: hub: unknown key; write one of cameras, name");
    }

    @ParameterizedTest
    @CsvSource({"prot,port", "adress,address", "passwordfile,password-file", "zzz,", "x,"})
    void guessesWhatWasMeant(String typed, String meant) {
        assertThat(DidYouMean.nearest(typed, List.of("port", "address", "password-file")))
                .isEqualTo(Optional.ofNullable(meant));
    }
}
