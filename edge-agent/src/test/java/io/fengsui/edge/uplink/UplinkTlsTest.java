package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.uplink.UplinkSettings.Security;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink against a real gRPC server with TLS. */
class UplinkTlsTest {
    private static final String CANARY = "canary-token";

    @TempDir
    static Path certificates;

    private static TestingCertificate ofHub;
    private static TestingCertificate ofEdge;

    @TempDir
    private Path directory;

    private TestingEdge edge;
    private Path token;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ofHub = TestingCertificate.make(certificates, "hub");
        ofEdge = TestingCertificate.make(certificates, "edge");
    }

    @BeforeEach
    void start() throws IOException {
        edge = new TestingEdge(directory);
        token = Files.writeString(directory.resolve("token"), CANARY + "\n");
        edge.put(TestingEvents.event(Lane.URGENT, Phase.INSTANT));
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private static ScriptedHub hub(TlsServerCredentials.ClientAuth clients) throws IOException {
        return new ScriptedHub(TlsServerCredentials.newBuilder()
                .keyManager(ofHub.certificate().toFile(), ofHub.key().toFile())
                .trustManager(ofEdge.certificate().toFile())
                .clientAuth(clients)
                .build());
    }

    private Uplink connect(String host, ScriptedHub hub, Path ca, @Nullable TestingCertificate own) {
        Security security =
                new Security(false, ca, token, own == null ? null : own.certificate(), own == null ? null : own.key());
        return edge.connect(new UplinkSettings(host, hub.port(), security, TestingEdge.QUICK), null);
    }

    private void requireNothingWasSaid(ScriptedHub hub, Uplink uplink) {
        await().until(() ->
                edge.meters.get("edge_uplink_attempts_total").counter().count() >= 3);
        assertThat(hub.hellos).isEmpty();
        assertThat(hub.authorizations).as("a token goes to the right hub only").isEmpty();
        assertThat(uplink.state()).isNotEqualTo(LinkState.CONNECTED);
        assertThat(uplink.detail()).doesNotContain(CANARY);
    }

    @Test
    void deliversToAHubThatItsCaFileSigns() throws IOException {
        try (ScriptedHub hub = hub(TlsServerCredentials.ClientAuth.NONE)) {
            connect("localhost", hub, ofHub.certificate(), null);
            await().until(() -> edge.spool.lane(Lane.URGENT).acknowledged() == 1);
            assertThat(hub.authorizations).containsOnly("Bearer " + CANARY);
        }
    }

    @Test
    void showsItsOwnCertificateToAHubThatAsksForOne() throws IOException {
        try (ScriptedHub hub = hub(TlsServerCredentials.ClientAuth.REQUIRE)) {
            connect("localhost", hub, ofHub.certificate(), ofEdge);
            await().until(() -> edge.spool.lane(Lane.URGENT).acknowledged() == 1);
        }
    }

    @Test
    void aHubThatAsksForACertificateHearsNothingFromAnEdgeWithoutOne() throws IOException {
        try (ScriptedHub hub = hub(TlsServerCredentials.ClientAuth.REQUIRE)) {
            requireNothingWasSaid(hub, connect("localhost", hub, ofHub.certificate(), null));
        }
    }

    @Test
    void saysNothingToAHubThatAnotherSigned() throws IOException {
        try (ScriptedHub hub = hub(TlsServerCredentials.ClientAuth.NONE)) {
            requireNothingWasSaid(hub, connect("localhost", hub, ofEdge.certificate(), null));
        }
    }

    @Test
    void saysNothingToAHubWhoseCertificateIsForAnotherName() throws IOException {
        try (ScriptedHub hub = hub(TlsServerCredentials.ClientAuth.NONE)) {
            requireNothingWasSaid(hub, connect("127.0.0.1", hub, ofHub.certificate(), null));
        }
    }
}
