package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While nothing could be written the file was taken away, or another one was put in its place: another card, another disk. */
class SpoolOtherFileTest {
    private static final List<String> FILES = List.of("spool.db", "spool.db-wal", "spool.db-shm");

    @TempDir
    private Path root;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final AtomicInteger told = new AtomicInteger();
    private Path directory;
    private Spool spool;
    private String epoch;

    @BeforeEach
    void fail() throws Exception {
        directory = root.resolve("spool");
        spool = Spool.open(SpoolSettings.in(directory), time);
        spool.onDamage(told::incrementAndGet);
        epoch = spool.epoch();
        put();
        assertThat(spool.commit()).isTrue();
        TestingSql.run(
                directory, "CREATE TRIGGER no_more BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'no more'); END");
        put();
        assertThat(spool.commit()).isFalse();
        TestingSql.run(directory, "DROP TRIGGER no_more");
    }

    private void put() {
        spool.append(slot(event(Lane.URGENT, Phase.INSTANT)));
    }

    @AfterEach
    void close() {
        spool.close();
    }

    private void take() throws Exception {
        Path away = Files.createDirectories(root.resolve("away"));
        for (String name : FILES) {
            if (Files.exists(directory.resolve(name))) {
                Files.move(directory.resolve(name), away.resolve(name));
            }
        }
    }

    @Test
    void noNewFileIsMadeInSilence() throws Exception {
        take();
        for (int i = 1; i <= 3; i++) {
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.commit()).isFalse();
            assertThat(told).as("that only a new start helps").hasValue(i < 3 ? 0 : 1);
        }
        assertThat(directory.resolve("spool.db")).doesNotExist();
        assertThat(spool.epoch()).isEqualTo(epoch);
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
    }

    @Test
    void itIsGoneOnWithWhenItComesBack() throws Exception {
        take();
        time.advance(Duration.ofMinutes(1));
        assertThat(spool.commit()).isFalse();
        for (String name : FILES) {
            if (Files.exists(root.resolve("away").resolve(name))) {
                Files.move(root.resolve("away").resolve(name), directory.resolve(name));
            }
        }
        time.advance(Duration.ofMinutes(1));
        assertThat(spool.commit()).isTrue();
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(2);
    }

    @Test
    void anotherFileIsNotWrittenIntoAndAReasonToStartAgain() throws Exception {
        take();
        try (Spool other = Spool.open(SpoolSettings.in(root.resolve("other")), time)) {
            assertThat(other.epoch()).isNotEqualTo(epoch);
        }
        Files.copy(root.resolve("other").resolve("spool.db"), directory.resolve("spool.db"));
        time.advance(Duration.ofMinutes(1));
        assertThat(spool.commit()).isFalse();
        assertThat(told).hasValue(1);
        assertThat(spool.isDamaged()).isTrue();
        assertThat(spool.epoch()).isEqualTo(epoch);
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
    }

    @Test
    void aLaterVersionsFileIsAReasonToStartAgainToo() throws Exception {
        TestingVolatile fromMemory = new TestingVolatile();
        spool.tellVolatileTo(fromMemory);
        TestingSql.run(directory, "PRAGMA user_version=99");
        time.advance(Duration.ofMinutes(1));
        put();
        assertThat(spool.commit()).isFalse();
        assertThat(fromMemory.ids()).hasSize(1);
        assertThat(told).hasValue(1);
        assertThat(spool.isDamaged()).isTrue();
        TestingSql.run(directory, "PRAGMA user_version=2");
        assertThat(spool.commit()).as("not before a pause").isFalse();
        time.advance(Duration.ofMinutes(1));
        assertThat(spool.commit()).isTrue();
        assertThat(spool.isDamaged()).isFalse();
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(3);
    }
}
