package io.fengsui.edge.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fengsui.runtime.RoleThreads;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /metrics}, {@code /healthz} and {@code /readyz}. One thread, {@code ops-0}: a scraper that is slow delays
 * other scrapers and nothing else. {@code /healthz} says 503 where a thread that alarms depend on is {@link Stuck}, which is
 * for a watchdog that starts the agent again. {@code /metrics} speaks the Prometheus text format 0.0.4 and OpenMetrics, by the
 * {@code Accept} header.
 */
public final class OpsServer implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(RoleThreads.factory("ops"));
    private final PrometheusMeterRegistry meters;
    private final Readiness readiness;
    private final Stuck stuck;
    private final byte @Nullable [] authorization;
    private final ObjectMapper json = new ObjectMapper();

    private OpsServer(
            HttpServer server,
            PrometheusMeterRegistry meters,
            Readiness readiness,
            Stuck stuck,
            byte @Nullable [] authorization) {
        this.server = server;
        this.meters = meters;
        this.readiness = readiness;
        this.stuck = stuck;
        this.authorization = authorization;
    }

    /** Binds and serves at once. */
    public static OpsServer start(
            OpsSettings settings, PrometheusMeterRegistry meters, Readiness readiness, Stuck stuck) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        HttpServer http =
                settings.tls().isPresent() ? https(address, settings.tls().get()) : HttpServer.create(address, 16);
        byte[] expected = null;
        if (settings.token().isPresent()) {
            String token = Files.readString(settings.token().get()).strip();
            expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        }
        OpsServer ops = new OpsServer(http, meters, readiness, stuck, expected);
        http.setExecutor(ops.thread);
        http.createContext("/metrics", ops.guarded(ops::metrics));
        http.createContext("/healthz", ops.guarded(ops::healthz));
        http.createContext("/readyz", ops.guarded(ops::readyz));
        http.start();
        return ops;
    }

    /** The port that was bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private com.sun.net.httpserver.HttpHandler guarded(Handler handler) {
        return exchange -> {
            try (exchange) {
                if (!exchange.getRequestMethod().equals("GET")) {
                    answer(exchange, 405, TEXT, "only GET\n");
                } else if (!isAllowed(exchange)) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                    answer(exchange, 401, TEXT, "a bearer token is needed\n");
                } else {
                    handler.handle(exchange);
                }
            }
        };
    }

    private boolean isAllowed(HttpExchange exchange) {
        if (authorization == null) {
            return true;
        }
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        return shown != null && MessageDigest.isEqual(authorization, shown.getBytes(StandardCharsets.UTF_8));
    }

    private void metrics(HttpExchange exchange) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        boolean isOpenMetrics = accept != null && accept.contains("application/openmetrics-text");
        String type = isOpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : TEXT;
        answer(exchange, 200, type, meters.scrape(type));
    }

    private void healthz(HttpExchange exchange) throws IOException {
        List<String> words = stuck.words();
        if (words.isEmpty()) {
            answer(exchange, 200, TEXT, "ok\n");
        } else {
            answer(exchange, 503, TEXT, String.join("\n", words) + "\n");
        }
    }

    private void readyz(HttpExchange exchange) throws IOException {
        boolean isReady = readiness.isReady();
        String body = json.writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("ready", isReady, "parts", readiness.report()));
        answer(exchange, isReady ? 200 : 503, "application/json", body + "\n");
    }

    private void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static HttpServer https(InetSocketAddress address, OpsSettings.Tls tls) throws IOException {
        char[] password = Files.readString(tls.passwordFile()).strip().toCharArray();
        try (InputStream in = Files.newInputStream(tls.keyStore())) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(factory.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(address, 16);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store " + tls.keyStore() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
