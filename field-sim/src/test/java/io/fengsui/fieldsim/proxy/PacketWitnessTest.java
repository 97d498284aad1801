package io.fengsui.fieldsim.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.runtime.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PacketWitnessTest {
    private final BlockingQueue<PacketWitness.Packet> seen = new LinkedBlockingQueue<>();

    private PacketWitness.Packet next() throws InterruptedException {
        PacketWitness.Packet packet = seen.poll(20, TimeUnit.SECONDS);
        assertThat(packet).isNotNull();
        return packet;
    }

    private static byte[] publish(int qos, int id, byte[] payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 3, 'a', '/', 'b'});
        if (qos > 0) {
            body.write(id >> 8);
            body.write(id);
        }
        body.write(0);
        body.writeBytes(payload);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(PacketWitness.PUBLISH << 4 | qos << 1);
        int rest = body.size();
        while (rest > 127) {
            packet.write(rest & 0x7F | 0x80);
            rest >>= 7;
        }
        packet.write(rest);
        packet.writeBytes(body.toByteArray());
        return packet.toByteArray();
    }

    @Test
    @Timeout(60)
    void notesEachPacketWithItsIdAndPassesItOnAsItCame() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PacketWitness witness = PacketWitness.start(broker.getLocalPort(), TimeSource.system(), seen::add);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), witness.port());
                Socket other = broker.accept()) {
            byte[] message = publish(1, 0x1234, new byte[300]);
            byte[] unanswered = publish(0, 0, new byte[3]);
            other.getOutputStream().write(message);
            other.getOutputStream().write(unanswered);
            assertThat(client.getInputStream().readNBytes(message.length)).isEqualTo(message);
            assertThat(client.getInputStream().readNBytes(unanswered.length)).isEqualTo(unanswered);
            client.getOutputStream().write(new byte[] {PacketWitness.PUBACK << 4, 2, 0x12, 0x34});
            assertThat(other.getInputStream().readNBytes(4)).hasSize(4);

            for (int id : List.of(0x1234, 0)) {
                PacketWitness.Packet packet = next();
                assertThat(packet.isFromClient()).isFalse();
                assertThat(packet.type()).isEqualTo(PacketWitness.PUBLISH);
                assertThat(packet.id()).isEqualTo(id);
            }
            PacketWitness.Packet acknowledgement = next();
            assertThat(acknowledgement.isFromClient()).isTrue();
            assertThat(acknowledgement.id()).isEqualTo(0x1234);
            assertThat(witness.messages()).as("QoS 1 only").hasSize(1);
            assertThat(witness.acknowledgements()).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void clientsThatComeWhileTheBrokerIsAwayAreClosedOneAfterTheOther() throws Exception {
        // Bound and not listening: nobody else can take the port, and who connects is refused.
        try (Socket away = new Socket()) {
            away.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (PacketWitness witness = PacketWitness.start(away.getLocalPort(), TimeSource.system(), seen::add)) {
                for (int i = 0; i < 3; i++) {
                    try (Socket early = new Socket(InetAddress.getLoopbackAddress(), witness.port())) {
                        assertThat(end(early)).isEqualTo(-1);
                    }
                }
            }
        }
        assertThat(seen).isEmpty();
    }

    /** A closed connection reads as its end, or as a reset. */
    private static int end(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }
}
