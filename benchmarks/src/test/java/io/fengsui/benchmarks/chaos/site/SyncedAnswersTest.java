package io.fengsui.benchmarks.chaos.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.fieldsim.proxy.PacketWitness;
import io.fengsui.fieldsim.proxy.PacketWitness.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the judge of acknowledgements finds one that did not wait; the shim's counts are written by the test. */
class SyncedAnswersTest {
    private static final int SEEN = 24;
    private static final int DONE = 48;

    @TempDir
    private Path folder;

    private SyncedAnswers answers;

    @BeforeEach
    void begin() throws IOException {
        answers = new SyncedAnswers(new Faults(folder.resolve("faults")));
        answers.begin(Duration.ofMillis(400));
    }

    private void syncs(long begun, long done) throws IOException {
        put(SEEN, begun);
        put(DONE, done);
    }

    private void put(int at, long value) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, value);
        try (FileChannel channel = FileChannel.open(folder.resolve("faults"), StandardOpenOption.WRITE)) {
            channel.write(bytes, at);
        }
    }

    private void message(int id) {
        answers.onPacket(new Packet(false, PacketWitness.PUBLISH, id, Instant.EPOCH));
    }

    private void acknowledgement(int id) {
        answers.onPacket(new Packet(true, PacketWitness.PUBACK, id, Instant.EPOCH));
    }

    @Test
    void anAcknowledgementAfterAnFsyncThatBeganAfterItsMessageWaited() throws IOException {
        message(1);
        syncs(1, 1);
        acknowledgement(1);
        assertThat(answers.complaint()).isEmpty();
        assertThat(answers.note()).startsWith("1 acknowledgements looked at");
    }

    @Test
    void oneWithoutAnFsyncDidNot() throws IOException {
        message(1);
        acknowledgement(1);
        assertThat(answers.complaint()).contains("1 of 1 acknowledgements did not wait");
        message(2);
        syncs(1, 0);
        acknowledgement(2);
        assertThat(answers.complaint()).as("while it is under way").contains("2 of 2");
    }

    @Test
    void oneAfterAnFsyncThatHadBegunBeforeItsMessageDidNot() throws IOException {
        syncs(1, 0);
        message(1);
        syncs(1, 1);
        acknowledgement(1);
        assertThat(answers.complaint()).contains("1 of 1");
        message(2);
        syncs(2, 2);
        acknowledgement(2);
        assertThat(answers.complaint()).contains("1 of 2");
    }

    @Test
    void nothingAcknowledgedIsNoProof() {
        message(1);
        assertThat(answers.complaint()).contains("nothing was acknowledged");
    }

    @Test
    void waitsForAnFsyncThatIsForTheMessage() throws IOException {
        syncs(1, 0);
        message(1);
        assertThat(answers.isWaiting()).as("that one began before it").isFalse();
        syncs(2, 1);
        assertThat(answers.isWaiting()).isTrue();
        answers.end();
        assertThat(answers.isWaiting()).isFalse();
    }
}
