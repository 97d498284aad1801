package io.fengsui.edge.spool.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes are pages without records, or with records that fit their checksum. */
class PageFuzzTest {
    @FuzzTest
    void rows(byte[] bytes) {
        StoredRow row = StoredRow.of(ByteBuffer.wrap(bytes));
        StoredRecord record = row == null ? null : row.whole();
        if (record != null) {
            assertThat(record.verdict()).isEqualTo(StoredRecord.Verdict.INTACT);
        }
    }

    @FuzzTest
    void files(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("pages");
        try {
            scan(folder, bytes, bytes);
        } finally {
            Files.deleteIfExists(folder.resolve("spool.db"));
            Files.deleteIfExists(folder.resolve("spool.db-wal"));
            Files.delete(folder);
        }
    }

    /** Pages that say that they are of a tree, with cells anywhere. */
    @Test
    void pagesFullOfNonsense(@TempDir Path folder) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] pages = new byte[3 * PageImages.PAGE];
            random.nextBytes(pages);
            for (int page = 0; page < 3; page++) {
                pages[page * PageImages.PAGE] = (byte) (random.nextBoolean() ? 0x0A : 0x02);
                // Headers of rows with twelve columns, most of them small.
                for (int at = 64 * page + 200; at < PageImages.PAGE - 64; at += 64) {
                    Arrays.fill(pages, page * PageImages.PAGE + at + 3, page * PageImages.PAGE + at + 15, (byte) 1);
                    pages[page * PageImages.PAGE + at + 2] = 13;
                }
            }
            scan(folder, pages, pages);
        }
    }

    private static void scan(Path folder, byte[] database, byte[] log) throws IOException {
        Path file = Files.write(folder.resolve("spool.db"), database);
        Files.write(folder.resolve("spool.db-wal"), log);
        try (PageScan scan = PageScan.of(file)) {
            for (Lane lane : Lane.values()) {
                assertThat(scan.between(lane, 1, Long.MAX_VALUE)).hasSizeLessThan(1 << 20);
                assertThat(scan.first(lane)).isLessThanOrEqualTo(scan.last(lane));
            }
        }
        assertThatCode(() -> WriteAheadLog.isBroken(file)).doesNotThrowAnyException();
    }
}
