package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes a damaged database readable as far as it can be. SQLite reads nothing of a file that is shorter than its first page
 * says, or whose first page is damaged. The missing end is added as zeros; the first page is replaced by that of a new
 * spool, whose tables begin at the same pages because they are always made in the same order (SQLite's file format, 1.3).
 */
final class FirstPage {
    private static final int PAGE = SpoolSettings.PAGE_BYTES;
    private static final int PAGE_COUNT_AT = 28;
    /** Nothing is believed that makes a file longer than this many times what it is. */
    private static final long MOST_GROWTH = 64;

    private FirstPage() {}

    /** Adds the end that the file lacks. */
    static void lengthen(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(PAGE);
            if (channel.read(page, 0) < PAGE) {
                return;
            }
            long wanted = Integer.toUnsignedLong(page.getInt(PAGE_COUNT_AT)) * PAGE;
            if (wanted > channel.size() && wanted <= channel.size() * MOST_GROWTH) {
                channel.write(ByteBuffer.allocate(1), wanted - 1);
            }
        }
    }

    /**
     * Puts the first page of a new spool in the place of the file's own.
     *
     * @param template where a new spool may be made and removed again
     */
    static void replace(Path file, Path template) throws IOException, SQLException {
        try {
            try (Connection made = SpoolSchema.openWriter(template, Integer.MAX_VALUE)) {
                SpoolSchema.prepare(made, template);
            }
            try (FileChannel fresh = FileChannel.open(template, StandardOpenOption.READ);
                    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer page = ByteBuffer.allocate(PAGE);
                fresh.read(page, 0);
                page.putInt(PAGE_COUNT_AT, (int) (Math.max(PAGE, channel.size()) / PAGE));
                // No list of free pages: nothing is written here.
                page.putInt(PAGE_COUNT_AT + 4, 0).putInt(PAGE_COUNT_AT + 8, 0);
                channel.write(page.flip(), 0);
            }
        } finally {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(template.resolveSibling(template.getFileName() + suffix));
            }
        }
    }
}
