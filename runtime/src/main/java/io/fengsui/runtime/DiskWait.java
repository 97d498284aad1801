package io.fengsui.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which threads of this process the kernel has wait for a disk in a way that nothing interrupts (state {@code D},
 * proc_pid_stat(5)): no signal ends them before the disk answers, so killing the process would end all threads but the one that
 * hangs, and its file locks would stay. Nobody waits so where there is no such file system. Thread-safe.
 */
public final class DiskWait {
    /** Longer names are cut short by the kernel (proc_pid_comm(5)). */
    private static final int MAX_NAME = 15;

    private final Path tasks;

    /** @param tasks a folder with a folder for each thread, with {@code stat} in it */
    DiskWait(Path tasks) {
        this.tasks = tasks;
    }

    public static DiskWait ofThisProcess() {
        return new DiskWait(Path.of("/proc/self/task"));
    }

    /** Whether a thread of this name waits so right now; false for a name of more than 15 characters. */
    public boolean holds(String thread) {
        if (thread.length() > MAX_NAME) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path one : all) {
                if (isHeld(one, thread)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
        return false;
    }

    private static boolean isHeld(Path task, String thread) {
        try {
            // 12345 (name) D ...; a name may have brackets of its own
            String stat = Files.readString(task.resolve("stat"), ISO_8859_1);
            int from = stat.indexOf('(');
            int to = stat.lastIndexOf(')');
            return from >= 0
                    && to > from
                    && stat.substring(from + 1, to).equals(thread)
                    && stat.startsWith(" D", to + 1);
        } catch (IOException e) {
            // it has ended meanwhile
            return false;
        }
    }
}
