package io.fengsui.edge.sensor.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import io.fengsui.edge.sensor.mqtt.BrokerSettings.Tls;
import io.fengsui.edge.uplink.TestingCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers with TLS: who is believed, and who is let in. */
@SuppressWarnings("NullAway.Init") // each test starts its broker
class BrokerTlsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static TestingCertificate broker;
    private static TestingCertificate box;
    private static TestingCertificate stranger;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private RawBroker server;

    @BeforeAll
    static void certify() throws Exception {
        broker = TestingCertificate.make(folder, "broker");
        box = TestingCertificate.make(folder, "box");
        stranger = TestingCertificate.make(folder, "stranger");
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, TestingCertificate.PASSWORD.toCharArray());
        }
        return store;
    }

    /** A broker that is called localhost and lets in who has the box's certificate. */
    private void start(MqttVersion version) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(broker.store()), TestingCertificate.PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("box", store(box.store()).getCertificate("box"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getByName("localhost"));
        socket.setNeedClientAuth(true);
        server = new RawBroker(version == MqttVersion.V5, socket);
    }

    private BrokerClient client(MqttVersion version, String host, Tls tls) throws BrokerException {
        BrokerSettings settings = new BrokerSettings(
                "village",
                URI.create("mqtts://" + host + ":" + server.port()),
                version,
                "edge-1",
                "",
                null,
                tls,
                "",
                Duration.ofSeconds(30),
                Duration.ofDays(1));
        return BrokerClient.of(settings, SessionKind.KEPT, new BrokerClient.Listener() {
            @Override
            public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {
                messages.add(topic);
            }

            @Override
            public void onLost(String reason) {}
        });
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBoxWithItsCertificateHearsTheBrokerThatItTrusts(MqttVersion version) throws Exception {
        start(version);
        try (BrokerClient client =
                client(version, "localhost", new Tls(broker.certificate(), box.certificate(), box.key()))) {
            client.connect(TIMEOUT);
            client.subscribe(List.of("smoke/1"), TIMEOUT);
            String end = version == MqttVersion.V5 ? "0a0007736d6f6b652f3100" : "090007736d6f6b652f31";
            server.say(HexFormat.of().parseHex("30" + end));
            assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("smoke/1");
        }
    }

    private void assertRefused(MqttVersion version, String host, Tls tls) throws Exception {
        start(version);
        try (BrokerClient client = client(version, host, tls)) {
            assertThatThrownBy(() -> {
                        client.connect(TIMEOUT);
                        // TLS 1.3: a client hears that it was not let in when it first reads.
                        client.subscribe(List.of("smoke/1"), TIMEOUT);
                    })
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("MQTT reason");
        }
        assertThat(messages).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBrokerThatNobodyVouchesForIsNotBelieved(MqttVersion version) throws Exception {
        assertRefused(version, "localhost", new Tls(null, box.certificate(), box.key()));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBrokerOfAnotherNameIsNotBelieved(MqttVersion version) throws Exception {
        assertRefused(version, "127.0.0.1", new Tls(broker.certificate(), box.certificate(), box.key()));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void aBoxWithoutACertificateOrWithAStrangersIsNotLetIn(MqttVersion version) throws Exception {
        assertRefused(version, "localhost", new Tls(broker.certificate(), null, null));
        server.close();
        assertRefused(version, "localhost", new Tls(broker.certificate(), stranger.certificate(), stranger.key()));
    }
}
