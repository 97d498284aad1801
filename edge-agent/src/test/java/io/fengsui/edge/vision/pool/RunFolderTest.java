package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path directory;

    @Test
    void isTheUsualPlaceForThisUserOnly() throws Exception {
        RunFolder run = RunFolder.choose(directory.resolve("run"));
        assertThat(run).isEqualTo(new RunFolder(directory.resolve("run"), false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
                .isEqualTo("rwx------");
        Files.writeString(run.path().resolve("kept"), "");
        run.leave();
        assertThat(run.path()).isNotEmptyDirectory();
    }

    @Test
    void isATemporaryOneThatGoesWithItsWorkerWhereTheDiskTakesNothing() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        RunFolder run = RunFolder.choose(file.resolve("run"));
        assertThat(run.isTemporary()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
                .isEqualTo("rwx------");
        Files.createDirectory(run.path().resolve("vision-1"));
        Files.writeString(run.path().resolve("vision-1").resolve("library.so"), "");
        run.leave();
        assertThat(run.path()).doesNotExist();
    }
}
