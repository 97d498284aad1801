package io.fengsui.edge.app.command;

import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder for temporary files of one command, which may hold a detector's libraries: 200 MB. Gone when the command ends,
 * also by Ctrl-C; one of a command that was killed goes when the next begins.
 */
final class TrialFolder implements AutoCloseable {
    private static final String PREFIX = "fengsui-trial-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,10})-.*");

    private final Path path;
    private final Thread cleaner;

    private TrialFolder(Path path) {
        this.path = path;
        this.cleaner = RoleThreads.named("cleaner", this::delete);
    }

    /** @param temporary the folder for all temporary files */
    static TrialFolder open(Path temporary) throws IOException {
        sweep(temporary);
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        TrialFolder folder = new TrialFolder(Files.createTempDirectory(temporary, prefix));
        Runtime.getRuntime().addShutdownHook(folder.cleaner);
        return folder;
    }

    Path path() {
        return path;
    }

    private static void sweep(Path temporary) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(temporary)) {
            all = files.toList();
        }
        all.stream().filter(TrialFolder::isLeft).forEach(TrialFolder::delete);
    }

    /** Whether the process that made it is gone. */
    private static boolean isLeft(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private void delete() {
        delete(path);
    }

    /** As much as may be deleted: it can be another user's. */
    private static void delete(Path folder) {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        for (Path each : all) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        delete();
    }
}
