package io.fengsui.edge.profile.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.fengsui.edge.profile.sparkplug.SparkplugPayload.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SparkplugPayloadTest {
    @Test
    void readsItsOwnRebirth() throws IOException {
        SparkplugPayload payload = SparkplugPayload.decode(SparkplugPayload.rebirth(1_486_144_502_122L));
        assertThat(payload.timestamp()).isEqualTo(1_486_144_502_122L);
        assertThat(payload.metrics())
                .containsExactly(new Metric("Node Control/Rebirth", -1, 1_486_144_502_122L, true, false));
    }

    @Test
    void readsSignedAndUnsignedNumbers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(2, metric(1, -5 & 0xff));
        out.writeByteArray(2, metric(2, -5 & 0xffff));
        out.writeByteArray(2, metric(3, -5));
        out.writeByteArray(2, metric(7, -5));
        out.writeUInt64(3, 255);
        out.writeString(4, "some uuid");
        out.flush();
        SparkplugPayload payload = SparkplugPayload.decode(bytes.toByteArray());
        assertThat(payload.seq()).isEqualTo(255);
        assertThat(payload.metrics()).extracting(Metric::value).containsExactly(-5L, -5L, -5L, 4_294_967_291L);
    }

    private static byte[] metric(int type, int value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeUInt32(10, value);
        out.writeUInt32(4, type);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void refusesWhatIsCutOff() {
        byte[] whole = SparkplugPayload.rebirth(1);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);
        assertThatThrownBy(() -> SparkplugPayload.decode(cut)).isInstanceOf(IOException.class);
    }

    @Test
    void sequenceWrapsAfter255AndARebirthIsAskedForOnceInAWhile() {
        SparkplugNodes nodes = new SparkplugNodes();
        Instant now = Instant.parse("2026-05-01T08:00:00Z");
        nodes.accept(SparkplugNodes.Verb.NBIRTH, "g/n", seq(255), now);
        assertThat(nodes.accept(SparkplugNodes.Verb.NDATA, "g/n", seq(0), now).ask())
                .isEmpty();
        assertThat(nodes.accept(SparkplugNodes.Verb.NDATA, "g/n", seq(4), now).ask())
                .contains("1 was due");
        assertThat(nodes.accept(SparkplugNodes.Verb.NDATA, "g/n", seq(9), now).ask())
                .isEmpty();
        Instant later = now.plus(SparkplugNodes.ASK_AGAIN);
        assertThat(nodes.accept(SparkplugNodes.Verb.NDATA, "g/n", seq(20), later)
                        .ask())
                .contains("10 was due");
    }

    private static SparkplugPayload seq(int seq) {
        return new SparkplugPayload(0, seq, java.util.List.of());
    }
}
