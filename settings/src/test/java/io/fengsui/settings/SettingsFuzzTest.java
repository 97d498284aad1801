package io.fengsui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, reading ends, throws nothing, and either gives settings or says why not. */
class SettingsFuzzTest {
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        Problems problems = new Problems();
        Optional<MapReader> top = SettingsFile.parse("fuzz.yaml", Path.of("/nowhere"), bytes, name -> null, problems);
        assertThat(top.isPresent() || !problems.isEmpty()).isTrue();
        top.ifPresent(in -> {
            readAll(in, 0);
            in.finish(() -> 1);
        });
        assertThat(problems.toString()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a: 1",
                "\0",
                "a: [1, {b: c}]",
                "a: 'x",
                "a: |\n  x\n\ty",
                "%YAML 9.9\n---\na: 1",
                "a: &x\nb: *x",
                "? a\n: b",
                "!!map {a: 1}",
                "a: \"\\ud800\"",
                "{{{{",
                "- - - -",
                "a: >9\n b",
                "--- a: 1",
                "&a a: *a",
                "\u0085a: 1",
                "a: -0x1",
                "%TAG ! tag:x,2000:\n---\na: !b c"
            })
    void readsSeeds(String seed) {
        readsAnyBytes(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void readAll(MapReader in, int depth) {
        in.values().values().forEach(value -> readAs(value, depth));
    }

    private static void readAs(ValueReader value, int depth) {
        value.string();
        value.whole(Long.MIN_VALUE, Long.MAX_VALUE);
        value.number(-1, 1);
        value.bool();
        value.duration(Duration.ZERO, Duration.ofDays(1));
        value.bytes(0, Long.MAX_VALUE);
        value.path();
        value.uri("rtsp");
        value.enumeration(Problem.Code.class);
        if (depth < 5) {
            value.map().ifPresent(map -> readAll(map, depth + 1));
            value.list(10).ifPresent(items -> items.forEach(item -> readAs(item, depth + 1)));
        }
    }
}
