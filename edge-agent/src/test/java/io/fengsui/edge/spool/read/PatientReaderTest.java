package io.fengsui.edge.spool.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A disk that does not answer keeps nobody who asks. */
class PatientReaderTest extends TestingSpool {
    private final CountDownLatch answer = new CountDownLatch(1);

    private PatientReader reader(Duration patience) {
        put(TestingEvents.event(Lane.URGENT, Phase.INSTANT));
        return new PatientReader(spool.newReader(), "reads", patience);
    }

    private static int records(PatientReader reader) {
        return reader.ask(disk -> disk.records(Lane.URGENT, 1, 10, 1 << 20)).size();
    }

    @Test
    void whoAsksIsToldThatThereIsNoAnswerAndIsAnsweredAgainWhenThereIsOne() {
        try (PatientReader reader = reader(Duration.ofMillis(200))) {
            assertThat(records(reader)).isEqualTo(1);
            assertThatThrownBy(() -> reader.ask(disk -> {
                        hang();
                        return 0;
                    }))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("has not answered for 200 ms");
            assertThatThrownBy(() -> records(reader))
                    .as("at once: nothing is queued behind it")
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("has not answered yet");
            answer.countDown();
            await().until(() -> {
                try {
                    return records(reader) == 1;
                } catch (SpoolException e) {
                    return false;
                }
            });
        }
    }

    private void hang() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theEndIsNotKeptByADiskThatDoesNotAnswer() {
        PatientReader reader = reader(Duration.ofMillis(50));
        reader.later(this::hang);
        reader.close();
        assertThat(answer.getCount()).isEqualTo(1);
        answer.countDown();
    }

    @Test
    void whatIsThrownThereIsThrownHere() {
        try (PatientReader reader = reader(Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> reader.askDisk(() -> {
                        throw new IOException("no such file");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no such file");
            assertThatThrownBy(() -> reader.ask(disk -> {
                        throw new NoClassDefFoundError("gone");
                    }))
                    .isInstanceOf(NoClassDefFoundError.class);
            assertThat(records(reader)).isEqualTo(1);
        }
    }
}
