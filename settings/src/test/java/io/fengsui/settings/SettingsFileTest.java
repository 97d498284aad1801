package io.fengsui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that cannot be read at all, or that say a thing twice: told with line and column, and never an exception. */
class SettingsFileTest {
    private final Problems problems = new Problems();

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void tellsWhatIsWrongWithAFileAndWhere(String name, String text, String expected) {
        SettingsFile.parse("a.yaml", text, problems);
        assertThat(problems.toString()).isEqualTo(expected);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of(
                        "a tab as indentation",
                        "hub:\n\taddress: x\n",
                        "a.yaml:2:1: a tab cannot indent in YAML; write spaces"),
                Arguments.of(
                        "a byte order mark",
                        "\uFEFFa: 1\n",
                        "a.yaml:1:1: begins with a byte order mark; write the file again as UTF-8 without BOM"),
                Arguments.of(
                        "a tag",
                        "a:\n  b: !!javax.script.ScriptEngineManager [x]\n",
                        "a.yaml:2:6: a.b: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager is not taken here;"
                                + " write the plain value without '!'"),
                Arguments.of(
                        "a key twice",
                        "a: 1\nb: 2\na: 3\n",
                        "a.yaml:3:1: a: this key is already set in line 1; write it once"),
                Arguments.of(
                        "a second document",
                        "a: 1\n---\nb: 2\n",
                        "a.yaml:2:1: a second document begins here; write one document without further '---'"),
                Arguments.of(
                        "a list at the top",
                        "- a\n",
                        "a.yaml:1:1: the file holds a list; write keys and values, 'key: value'"),
                Arguments.of(
                        "nothing",
                        "# only a comment\n",
                        "a.yaml: has no settings, only comments or nothing; write a key"),
                Arguments.of(
                        "an open bracket",
                        "a: [1, 2\nb: 3\n",
                        "a.yaml:2:2: not YAML: while parsing a flow sequence, expected ',' or ']', but got :"),
                Arguments.of(
                        "an alias to nothing",
                        "a: *b\n",
                        "a.yaml:1:4: a: the alias *b has no complete value marked &b before it; write the value itself"),
                Arguments.of(
                        "a value that holds itself",
                        "a: &a [*a]\n",
                        "a.yaml:1:8: a[0]: the alias *a has no complete value marked &a before it;"
                                + " write the value itself"),
                Arguments.of("a list as a key", "? [a]\n: 1\n", "a.yaml:1:3: a key is a list; write a word as key"),
                Arguments.of(
                        "a control character",
                        "a: 1\nb: \u0007\n",
                        "a.yaml:2:4: a character that YAML does not allow: U+7; write the file without it"));
    }

    @Test
    void refusesDepthAndAliasesBeyondTheCaps() {
        SettingsFile.parse("deep.yaml", "a: " + "[".repeat(100_000), problems);
        SettingsFile.parse(
                "wide.yaml", "a: &a 1\nb: [" + String.join(",", Collections.nCopies(21, "*a")) + "]", problems);
        assertThat(problems.list())
                .extracting(Problem::reason)
                .containsExactly("nested deeper than 50 levels", "more than 20 aliases");
    }

    @Test
    void refusesAFileThatIsNotUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gbk.yaml");
        Files.write(file, "a: 1\nname: 烽燧\n".getBytes(Charset.forName("GBK")));
        assertThat(SettingsFile.read(file, problems)).isEmpty();
        assertThat(problems.list().getFirst().where()).isEqualTo(new Where(file.toString(), 2, 7, ""));
        assertThat(problems.toString()).contains("not UTF-8 (was the file saved as GBK?)");
    }

    @Test
    void refusesAFileThatIsTooLargeOrMissing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.yaml");
        Files.write(file, new byte[SettingsFile.MAX_BYTES + 1]);
        assertThat(SettingsFile.read(file, problems)).isEmpty();
        assertThat(SettingsFile.read(folder.resolve("none.yaml"), problems)).isEmpty();
        assertThat(problems.toString()).contains("is larger than 4 MiB", "there is no such file");
    }

    @Test
    void keepsTwoHundredProblemsAndCountsTheRest() {
        for (int i = 0; i < 250; i++) {
            problems.add(new Where("x", 250 - i, 1, ""), Problem.Code.VALUE, "bad", "");
        }
        assertThat(problems.count()).isEqualTo(250);
        assertThat(problems.toString()).startsWith("x:51:1: bad").endsWith("and 50 more");
    }

    @Test
    void readsAliasesAndText() {
        MapReader top = SettingsFile.parse("a.yaml", "base: &b {x: 1}\nother: *b\nname: 烽燧\n", problems)
                .orElseThrow();
        assertThat(top.mapOrEmpty("other").integer("x", 0, 9)).isEqualTo(1);
        assertThat(top.string("name").getBytes(StandardCharsets.UTF_8)).hasSize(6);
        assertThat(problems.isEmpty()).isTrue();
    }
}
