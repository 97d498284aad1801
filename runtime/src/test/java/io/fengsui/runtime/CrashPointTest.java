package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process dies where it is told to, and nowhere else. */
class CrashPointTest {
    /** Comes by twice. */
    static final class Walker {
        private Walker() {}

        public static void main(String[] arguments) {
            for (int i = 1; i <= 2; i++) {
                System.out.println("before " + i);
                CrashPoint.SPOOL_AFTER_COMMIT.reached();
                CrashPoint.HUB_AFTER_COMMIT.reached();
            }
            System.out.println("done");
        }
    }

    private record End(int status, String said) {}

    private static End walk(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Walker.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), said.replace("\n", " ").strip());
    }

    @Test
    void diesAtTheFirstOrTheNthTimeOrNever() throws Exception {
        assertThat(walk("-Dfengsui.crash-at=SPOOL_AFTER_COMMIT")).isEqualTo(new End(137, "before 1"));
        assertThat(walk("-Dfengsui.crash-at=HUB_AFTER_COMMIT:2")).isEqualTo(new End(137, "before 1 before 2"));
        assertThat(walk("-Dfengsui.crash-at=HUB_BEFORE_COMMIT")).isEqualTo(new End(0, "before 1 before 2 done"));
        assertThat(walk()).isEqualTo(new End(0, "before 1 before 2 done"));
    }
}
