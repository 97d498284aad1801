package io.fengsui.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.runtime.ManualTimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DamageWatchTest {
    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private boolean isOpen = true;
    private final DamageWatch watch = new DamageWatch(new WriterTasks(), () -> isOpen, time);
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void tellsOnceAtTheThirdTime() {
        watch.tell(told::incrementAndGet);
        for (int i = 1; i < 6; i++) {
            watch.failed(new SQLException("malformed", "", 11));
            assertThat(told).hasValue(i < 3 ? 0 : 1);
            assertThat(watch.isDamaged()).isEqualTo(i >= 3);
        }
    }

    @Test
    void aFileThatIsNotOpenIsRepairedWhenItOpensAndNotByANewStart() {
        watch.tell(told::incrementAndGet);
        isOpen = false;
        for (int i = 0; i < 10; i++) {
            watch.failed(new SQLException("malformed", "", 11));
            watch.placeLost("record 7");
        }
        assertThat(told).hasValue(0);
        assertThat(watch.isDamaged()).isFalse();
    }

    @Test
    void whatIsNoDamageDoesNotCount() {
        watch.tell(told::incrementAndGet);
        for (int i = 0; i < 10; i++) {
            watch.failed(new SQLException("busy", "", 5));
            watch.failed(new SQLException("the disk is full", "", 13));
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void whatWasSeenMoreThanAnHourAgoDoesNotCount() {
        watch.tell(told::incrementAndGet);
        for (int i = 0; i < 10; i++) {
            watch.placeLost("record 7");
            time.advance(Duration.ofMinutes(31));
        }
        assertThat(told).as("never three within an hour").hasValue(0);
    }

    @Test
    void whatComesAgainAfterAQuietHourIsToldAgain() {
        watch.tell(told::incrementAndGet);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 5; i++) {
                watch.placeLost("record 7");
            }
            assertThat(told).hasValue(round);
            time.advance(Duration.ofMinutes(61));
            assertThat(watch.isDamaged()).isFalse();
        }
    }
}
