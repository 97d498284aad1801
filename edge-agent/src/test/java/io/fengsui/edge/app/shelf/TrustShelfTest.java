package io.fengsui.edge.app.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.trust.EarnedTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustShelfTest {
    private static final Map<String, List<EarnedTrust>> EARNED = Map.of(
            "gate",
                    List.of(
                            new EarnedTrust(LightRegime.COLOUR, 0xFFFF_FFFFL, 12),
                            new EarnedTrust(LightRegime.GREY, 0, 1280)),
            "村口", List.of(new EarnedTrust(LightRegime.COLOUR, 7, 24)));

    @TempDir
    Path data;

    @Test
    void theNextRunReadsWhatThisOneKept() {
        assertThat(new TrustShelf(data).load()).isEmpty();
        new TrustShelf(data).save(EARNED);
        assertThat(new TrustShelf(data).load()).isEqualTo(EARNED);
    }

    @Test
    void whatDidNotChangeIsNotWrittenAgain() throws IOException {
        TrustShelf shelf = new TrustShelf(data);
        shelf.save(EARNED);
        Files.delete(data.resolve("trust-earned.json"));
        shelf.save(EARNED);
        assertThat(data.resolve("trust-earned.json")).doesNotExist();
        shelf.save(Map.of());
        assertThat(data.resolve("trust-earned.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"version\":2,\"cameras\":{}}",
                "{\"version\":1,\"cameras\":{\"a\":[{\"light\":\"BLUE\",\"parameterSets\":1,\"needed\":12}]}}",
                "{\"version\":1,\"cameras\":{\"a\":[{\"light\":\"GREY\",\"parameterSets\":4294967296,\"needed\":12}]}}",
                "{\"version\":1,\"cameras\":{\"a\":[{\"light\":\"GREY\",\"parameterSets\":1,\"needed\":0}]}}",
                "{\"version\":1,\"cameras\":{\"a\":[{\"light\":\"GREY\"}]}}",
            })
    void aFileThatCannotBeReadIsAsIfThereWereNone(String text) throws IOException {
        Files.writeString(data.resolve("trust-earned.json"), text);
        TrustShelf shelf = new TrustShelf(data);
        assertThat(shelf.load()).isEmpty();
        shelf.save(EARNED);
        assertThat(new TrustShelf(data).load()).isEqualTo(EARNED);
    }

    @Test
    void aFileThatGrewWithoutEndIsNotRead() throws IOException {
        Files.write(data.resolve("trust-earned.json"), new byte[(4 << 20) + 1]);
        assertThat(new TrustShelf(data).load()).isEmpty();
    }

    @Test
    void aDirectoryThatIsGoneStopsNothing() {
        TrustShelf shelf = new TrustShelf(data.resolve("gone"));
        assertThat(shelf.load()).isEmpty();
        shelf.save(EARNED);
        assertThat(shelf.load()).isEmpty();
    }
}
