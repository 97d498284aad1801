package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.TlsKeyPair;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.protocol.wire.v1.FromHub;
import io.fengsui.settings.Secret;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and tokens over real sockets, with a certificate made for the test. */
class HubDoorTest {
    private static final String EDGE_TOKEN = "edge-token-of-16-or-more";
    private static final String CONSOLE_TOKEN = "console-token-of-16-or-more";

    @TempDir
    Path folder;

    private TestTown town;
    private X509Certificate certificate;

    @BeforeEach
    void start() throws Exception {
        TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
        certificate = pair.certificateChain().getFirst();
        HubSettings.Tls tls = new HubSettings.Tls(
                pem("hub.crt", "CERTIFICATE", certificate.getEncoded()),
                pem("hub.key", "PRIVATE KEY", pair.privateKey().getEncoded()));
        town = new TestTown(
                TestTown.settings(folder.resolve("data"), tls, Secret.of(EDGE_TOKEN), Secret.of(CONSOLE_TOKEN)));
    }

    @AfterEach
    void stop() {
        town.close();
    }

    @Test
    void servesAnEdgeThatShowsTheTokenOverTls() throws Exception {
        try (TestEdge edge = new TestEdge("edge-1", town.time)) {
            edge.record(town.begun("edge-1", "safety.intrusion", "gate"));
            edge.connect(channel("Bearer " + EDGE_TOKEN));
            edge.hello();
            edge.await(FromHub::hasWelcome);
            edge.sendAll();
            edge.awaitAcknowledged();
        }
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isOne();
        assertThat(turnedAway()).isZero();
    }

    @Test
    void turnsAwayAndCountsWhoeverShowsAnotherTokenOrNone() throws Exception {
        for (String shown : new String[] {
            "Bearer edge-token-of-16-or-mor3", "Bearer " + EDGE_TOKEN + "x", EDGE_TOKEN, "Bearer " + CONSOLE_TOKEN
        }) {
            assertThat(failure(shown)).as(shown).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(failure(null)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(town.count("SELECT COUNT(*) FROM edge")).isZero();
        assertThat(turnedAway()).isEqualTo(5);
    }

    @Test
    void servesRestOnlyWithTheConsolesToken() throws Exception {
        assertThat(get("/api/v1/tickets", "Bearer " + CONSOLE_TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/tickets", null).statusCode()).isEqualTo(401);
        assertThat(get("/login", null).headers().firstValue("strict-transport-security"))
                .hasValue("max-age=31536000");
        assertThat(get("/api/v1/tickets", "Bearer " + EDGE_TOKEN).statusCode()).isEqualTo(401);
        assertThat(get("/healthz", null).statusCode()).isEqualTo(200);
    }

    @Test
    void showsItsCertificateAndNotPlainText() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request("/healthz", null), body()))
                .isInstanceOf(SSLHandshakeException.class);
        HttpRequest plain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + "/healthz"))
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, body())).isInstanceOf(IOException.class);
    }

    private Status.@Nullable Code failure(@Nullable String shown) throws Exception {
        try (TestEdge edge = new TestEdge("edge-1", town.time)) {
            edge.connect(channel(shown));
            edge.hello();
            edge.await(message -> message.getMessageCase() == FromHub.MessageCase.MESSAGE_NOT_SET);
            return edge.failure;
        }
    }

    private ManagedChannel channel(@Nullable String authorization) throws Exception {
        Metadata headers = new Metadata();
        if (authorization != null) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        }
        return NettyChannelBuilder.forAddress("localhost", town.hub.port())
                .sslContext(
                        GrpcSslContexts.forClient().trustManager(certificate).build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .directExecutor()
                .build();
    }

    private HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("hub", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(request(path, authorization), body());
        }
    }

    private HttpRequest request(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + town.hub.port() + path));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        return request.build();
    }

    private static HttpResponse.BodyHandler<String> body() {
        return HttpResponse.BodyHandlers.ofString();
    }

    private double turnedAway() throws Exception {
        List<String> lines =
                get("/metrics", "Bearer " + CONSOLE_TOKEN).body().lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("hub_edges_turned_away_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private Path pem(String name, String title, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + title + "-----\n" + text + "\n-----END " + title + "-----\n");
    }
}
