package io.fengsui.hub.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that says what no broker says: the message fails with a reason, and the next one goes to whoever is better. */
class BadBrokerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final String WELCOME = "20 03 00 00 00";

    private final Delivery delivery = TestDeliveries.waiting("20261121-0001.1.opened.c.bus");

    /** The first client is answered as it is told to, and every later one as it should be. */
    private static final class Broker implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final AtomicInteger clients = new AtomicInteger();
        private final String toConnect;
        private final String toPublish;

        Broker(String toConnect, String toPublish) throws IOException {
            this.toConnect = toConnect;
            this.toPublish = toPublish;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (true) {
                try {
                    Socket client = server.accept();
                    boolean isFirst = clients.incrementAndGet() == 1;
                    Thread.ofVirtual().start(() -> serve(client, isFirst));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket client, boolean isBad) {
            try (client) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                for (int first = in.read(); first >= 0; first = in.read()) {
                    byte[] body = new byte[length(in)];
                    in.readFully(body);
                    if (first >> 4 == CONNECT) {
                        say(client, isBad ? toConnect : WELCOME);
                    } else if (first >> 4 == PUBLISH) {
                        int id = 2 + ((body[0] & 0xff) << 8 | body[1] & 0xff);
                        say(client, isBad ? toPublish : "40 02 %02x %02x".formatted(body[id], body[id + 1]));
                    }
                }
            } catch (IOException e) {
                // The client has gone.
            }
        }

        private static int length(DataInputStream in) throws IOException {
            int length = 0;
            for (int shift = 0; ; shift += 7) {
                int part = in.readUnsignedByte();
                length |= (part & 0x7f) << shift;
                if (part < 0x80) {
                    return length;
                }
            }
        }

        private static void say(Socket client, String hex) throws IOException {
            client.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static MqttSender sender(Broker broker) {
        return new MqttSender(new Channel.Mqtt(
                "bus", URI.create("tcp://127.0.0.1:" + broker.server.getLocalPort()), null, "tickets/{ticket}"));
    }

    @ParameterizedTest
    @CsvSource({
        // a length of 256 MiB with nothing that follows, for the welcome and for an acknowledgement
        "20 ff ff ff 7f, '', 268435460 bytes",
        "20 03 00 00 00, 40 ff ff ff 7f, 268435460 bytes",
        "20 03 00 00 00, 40 ff ff ff ff 7f, four bytes",
        // messages, though nothing was subscribed to
        "20 03 00 00 00, 32 ff ff ff 7f, 0x32",
        "20 03 00 00 00, 30 04 00 01 61 62, 0x30",
        // not MQTT at all
        "48 54 54 50 2f 31 2e 31, '', 0x48",
    })
    void theMessageFailsWithTheReasonAndTheNextOneGoes(String toConnect, String toPublish, String reason)
            throws Exception {
        try (Broker broker = new Broker(toConnect, toPublish);
                MqttSender sender = sender(broker)) {
            Sender.Result bad = sender.send(delivery, NOW);
            assertThat(bad.outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(bad.detail()).contains(reason);
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.DELIVERED);
        }
    }

    /** Properties of 200 MB in a packet of six bytes, over which Paho's thread ends. */
    @Tag("slow")
    @Test
    void whatPahoItselfCannotReadFailsToo() throws Exception {
        try (Broker broker = new Broker("20 07 00 00 80 80 80 64 00", "");
                MqttSender sender = sender(broker)) {
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.FAILED);
            assertThat(sender.send(delivery, NOW).outcome()).isEqualTo(TryOutcome.DELIVERED);
        }
    }
}
