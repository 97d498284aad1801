package io.fengsui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come by reference, and no problem or print of a settings record shows one. */
class SecretTest {
    private static final String CANARY = "hunter2-canary";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private MapReader read(String text) {
        return SettingsFile.parse(
                        "a.yaml",
                        folder,
                        text.getBytes(StandardCharsets.UTF_8),
                        Map.of("CAMERA_PASSWORD", CANARY, "EMPTY", "")::get,
                        problems)
                .orElseThrow();
    }

    @Test
    void readsAFileBesideTheConfigurationOrTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("secret"), CANARY + "\n");
        assertThat(read("password-file: secret").requiredSecret("password")).contains(Secret.of(CANARY));
        assertThat(read("password-env: CAMERA_PASSWORD").requiredSecret("password"))
                .contains(Secret.of(CANARY));
        assertThat(read("other: 1").secret("password")).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void printsNothingOfItself() {
        assertThat(Optional.of(Secret.of(CANARY)).toString()).isEqualTo("Optional[***]");
        assertThat(Secret.of(CANARY)).isNotEqualTo(Secret.of("other")).hasSameHashCodeAs(Secret.of(CANARY));
    }

    @Test
    void refusesASecretInTheFileItselfAndSaysWhatToWrite() {
        MapReader in = read("password: " + CANARY);
        assertThat(in.secret("password")).isEmpty();
        assertThat(in.finish(() -> 1)).isEmpty();
        assertThat(problems.toString())
                .isEqualTo("a.yaml:1:11: password: a secret is not written into this file; write 'password-file: PATH'"
                        + " of a file that holds nothing else, or 'password-env: NAME'")
                .doesNotContain(CANARY);
    }

    @Test
    void refusesReferencesThatLeadNowhere() throws IOException {
        Files.writeString(folder.resolve("lines"), CANARY + "\n" + CANARY + "\n");
        read("password-file: none").secret("password");
        read("password-file: lines").secret("password");
        read("password-env: NOT_SET").secret("password");
        read("password-env: EMPTY").secret("password");
        read("password-env: EMPTY\npassword-file: lines").secret("password");
        read("username: x").requiredSecret("password");
        assertThat(problems.list()).hasSize(6).extracting(Problem::code).doesNotContain(Problem.Code.UNKNOWN_KEY);
        assertThat(problems.toString()).doesNotContain(CANARY);
    }
}
