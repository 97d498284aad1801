package io.fengsui.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFolderTest {
    @TempDir
    private Path temporary;

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name).resolve("native"));
        Files.writeString(folder.resolve("library.so"), "large");
        return temporary.resolve(name);
    }

    @Test
    void goesWithAllThatIsInIt() throws IOException {
        Path path;
        try (TrialFolder folder = TrialFolder.open(temporary)) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("run")).resolve("x"), "x");
        }
        assertThat(path).hasParentRaw(temporary).doesNotExist();
    }

    @Test
    void whatAKilledCommandLeftGoesAndNothingElse() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        assertThat(killed.waitFor()).isZero();
        Path left = folder("fengsui-trial-" + killed.pid() + "-123");
        Path running = folder("fengsui-trial-" + ProcessHandle.current().pid() + "-1");
        Path other = folder("somebody-elses-" + killed.pid());
        try (TrialFolder folder = TrialFolder.open(temporary)) {
            assertThat(left).doesNotExist();
            assertThat(running.resolve("native/library.so")).exists();
            assertThat(other.resolve("native/library.so")).exists();
            assertThat(folder.path()).isDirectory();
        }
    }
}
