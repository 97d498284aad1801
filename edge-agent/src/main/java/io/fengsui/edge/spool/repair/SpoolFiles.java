package io.fengsui.edge.spool.repair;

import io.fengsui.runtime.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the spool's file for a rebuilt one in steps that a kill between any two of them leaves finishable: the rebuilt
 * file gets its final name only when it is whole, the old log goes aside before the old file, so that no log is ever taken
 * for another file's.
 */
final class SpoolFiles {
    private static final String LOG = "-wal";
    private static final String[] OLD_ORDER = {LOG, "-shm", ""};
    /** Lies beside a file that was put aside and holds records that are in no other. */
    private static final String UNSENT = "-unsent";

    private static final Pattern ASIDE = Pattern.compile("spool-damaged-(\\d{1,8})\\.db");
    /** Kept for people to look at. */
    private static final int MOST_ASIDE = 3;
    /** Where start after start ends without a verified spool: the oldest is the original, the newest is a copy of a copy. */
    private static final int MOST_UNVERIFIED = 5;

    private final Path file;

    SpoolFiles(Path file) {
        this.file = file;
    }

    /** Where a rebuilt file grows. */
    Path building() {
        return file.resolveSibling("spool-building.db");
    }

    /** Of a first page, for a moment. */
    Path template() {
        return file.resolveSibling("spool-template.db");
    }

    /** A rebuilt file that is whole. */
    Path whole() {
        return file.resolveSibling("spool-whole.db");
    }

    /** The database under another name, under which no log belongs to it. */
    Path link() throws IOException {
        clearLink();
        return Files.createLink(bare(), file);
    }

    private Path bare() {
        return file.resolveSibling("spool-bare.db");
    }

    void clearLink() throws IOException {
        for (String suffix : OLD_ORDER) {
            Files.deleteIfExists(file.resolveSibling(bare().getFileName() + suffix));
        }
    }

    /** Removes what an interrupted rebuild left. */
    void clear() throws IOException {
        clearLink();
        for (String suffix : OLD_ORDER) {
            Files.deleteIfExists(file.resolveSibling("spool-building.db" + suffix));
        }
    }

    /**
     * The rebuilt file is closed: takes it into use. Returns where the old one went.
     *
     * @param isUnsent whether the old one holds records that found no room in the new one
     */
    @Nullable
    Path exchange(boolean isUnsent) throws IOException {
        if (Files.exists(building().resolveSibling(building().getFileName() + "-wal"))) {
            throw new IOException("the log of " + building() + " was not written back");
        }
        synchronize(building());
        // Before the mark, which is to bear the number that the old file will have.
        if (asides().count() >= MOST_UNVERIFIED) {
            removeAside(newest());
        }
        Path mark = aside(UNSENT, newest() + 1);
        Files.deleteIfExists(mark);
        if (isUnsent) {
            Files.createFile(mark);
        }
        Files.move(building(), whole(), StandardCopyOption.ATOMIC_MOVE);
        synchronize(parent());
        return finish();
    }

    /** Goes on with an exchange that was interrupted; returns where the old file went, null when there is nothing to do. */
    @Nullable
    Path finish() throws IOException {
        if (!isUnfinished()) {
            return null;
        }
        if (!Files.exists(whole())) {
            throw new IOException(whole() + " cannot be looked at");
        }
        Path aside = moveAside();
        Files.move(whole(), file, StandardCopyOption.ATOMIC_MOVE);
        synchronize(parent());
        return aside;
    }

    /** Whether the file may be one whose log is put aside already: neither is then what the last run left. */
    boolean isUnfinished() {
        return !Files.notExists(whole(), LinkOption.NOFOLLOW_LINKS);
    }

    private Path moveAside() throws IOException {
        int number = newest() + 1;
        for (String suffix : OLD_ORDER) {
            Path from = file.resolveSibling(file.getFileName() + suffix);
            // What cannot be looked at is there, and must not stay beside the new file.
            if (!Files.notExists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(
                        from,
                        aside(suffix, number),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            if (suffix.equals(LOG)) {
                CrashPoint.REPAIR_LOG_ASIDE.reached();
            }
        }
        synchronize(parent());
        return aside("", number);
    }

    /** The spool is verified: a card that is worn must not fill up with what it has lost. */
    void prune() throws IOException {
        for (int old = newest() - MOST_ASIDE; old > 0 && removeAside(old); old--) {
            // The next older one.
        }
    }

    /** The number of the newest file that was put aside; 0 when there is none. */
    private int newest() throws IOException {
        return asides().max().orElse(0);
    }

    private IntStream asides() throws IOException {
        try (Stream<Path> files = Files.list(parent())) {
            return files
                    .map(path -> ASIDE.matcher(String.valueOf(path.getFileName())))
                    .filter(Matcher::matches)
                    .map(matcher -> Integer.valueOf(matcher.group(1)))
                    .toList()
                    .stream()
                    .mapToInt(Integer::intValue);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** For room: the oldest whose records are all in the spool. Whether there was one. */
    boolean removeOldestAside() throws IOException {
        OptionalInt oldest =
                asides().filter(number -> !Files.exists(aside(UNSENT, number))).min();
        return oldest.isPresent() && removeAside(oldest.getAsInt());
    }

    /** For room, when there is nothing else: the oldest, whose lost records were told when it was put aside. */
    boolean removeOldestUnsent() throws IOException {
        OptionalInt oldest = asides().min();
        return oldest.isPresent() && removeAside(oldest.getAsInt());
    }

    /** Whether there was one. */
    private boolean removeAside(int number) throws IOException {
        boolean isThere = Files.exists(aside("", number));
        for (String suffix : OLD_ORDER) {
            Files.deleteIfExists(aside(suffix, number));
        }
        Files.deleteIfExists(aside(UNSENT, number));
        return isThere;
    }

    private Path aside(String suffix, int number) {
        return file.resolveSibling("spool-damaged-" + number + ".db" + suffix);
    }

    private Path parent() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    private static void synchronize(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
