package io.fengsui.benchmarks.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.benchmarks.HubFile;
import io.fengsui.benchmarks.Scratch;
import io.fengsui.hub.app.Hub;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A minute in which alarms come as fast as a whole town may send them, each about a thing of its own: what becomes of them
 * under a storm's budget, and how long people wait for the console's pages meanwhile. In real time.
 *
 * <p>Arguments: seconds that it lasts (60).
 */
public final class FloodBenchmark {
    private static final int EDGES = 8;
    private static final int MOST_SECONDS = 3_600;
    private static final int QUIET_SECONDS = 10;
    /** The digest comes a minute after the first of a storm. */
    private static final int DIGEST_SECONDS = 75;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConcurrentLinkedQueue<JsonNode> messages = new ConcurrentLinkedQueue<>();

    private FloodBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        new FloodBenchmark().run(Arguments.whole(arguments, 0, "SECONDS", MOST_SECONDS, 60));
    }

    private void run(int seconds) throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            messages.add(JSON.readTree(exchange.getRequestBody().readAllBytes()).path("data"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        List<EdgeLoad> loads = new ArrayList<>();
        for (int i = 0; i < EDGES; i++) {
            loads.add(new EdgeLoad("flood-" + i, seconds, 1));
        }
        try (Scratch scratch = Scratch.make("fengsui-bench");
                Hub hub = Hub.start(
                        settings(scratch.folder(), receiver.getAddress().getPort()), TimeSource.system(), List.of());
                PageReaders people = new PageReaders(hub.port())) {
            for (EdgeLoad one : loads) {
                one.connect(hub.port());
            }
            TimeUnit.SECONDS.sleep(QUIET_SECONDS); // which warms the pages up
            people.waited();
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            tell("before", people.waited());
            double took = flood(loads);
            tell("in the flood", people.waited());
            loads.forEach(EdgeLoad::close);
            System.out.printf(Locale.ROOT, "alarms came in %.1f s, acknowledged after %s%n", took, acknowledged(loads));
            found(hub, seconds * EDGES * EdgeLoad.BATCH);
            awaitDigest();
            messages();
        } finally {
            receiver.stop(0);
        }
    }

    private static double flood(List<EdgeLoad> loads) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> sent = new ArrayList<>();
            for (EdgeLoad one : loads) {
                sent.add(senders.submit(() -> {
                    one.send(Duration.ofSeconds(1));
                    return true;
                }));
            }
            for (Future<Boolean> one : sent) {
                one.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String acknowledged(List<EdgeLoad> loads) {
        long[] waited = loads.stream()
                .flatMapToLong(one -> LongStream.of(one.waitedNanos()))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%.0f ms at p50, %.0f ms at p99",
                waited[waited.length / 2] / 1e6,
                waited[(int) (waited.length * 0.99)] / 1e6);
    }

    private static void tell(String when, PageReaders.Waited waited) {
        System.out.printf(
                Locale.ROOT,
                "pages %-14s %,6d read, %d refused; p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                when,
                waited.pages(),
                waited.refused(),
                waited.p50(),
                waited.p99(),
                waited.longest());
    }

    private static void found(Hub hub, int sent) {
        String kind = " WHERE kind = 'safety.intrusion'";
        System.out.printf(
                Locale.ROOT,
                "alarms %,d, lost %,d, without a ticket %,d; tickets %,d with %,d alarms%n",
                sent,
                sent - count(hub, "SELECT COUNT(*) FROM event" + kind),
                count(hub, "SELECT COUNT(*) FROM incident" + kind + " AND ticket_id IS NULL"),
                count(hub, "SELECT COUNT(*) FROM ticket" + kind),
                count(hub, "SELECT SUM(event_count) FROM ticket" + kind));
    }

    private static long count(Hub hub, String sql) {
        return hub.database()
                .reader()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private void awaitDigest() throws InterruptedException {
        for (int i = 0; i < DIGEST_SECONDS && messages.stream().noneMatch(FloodBenchmark::isDigest); i++) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static boolean isDigest(JsonNode message) {
        return message.at("/notices/0/notice").asText().equals("storm");
    }

    private void messages() {
        long digests = messages.stream().filter(FloodBenchmark::isDigest).count();
        long told = messages.stream()
                .filter(FloodBenchmark::isDigest)
                .mapToLong(
                        one -> one.path("notices").size() + one.path("omitted").asLong())
                .sum();
        System.out.printf(
                Locale.ROOT, "messages %,d, of them %,d digests of %,d alarms%n", messages.size(), digests, told);
    }

    private static HubSettings settings(Path folder, int receiver) throws IOException {
        Files.writeString(folder.resolve("notifications.yaml"), """
                channels:
                  - {id: hook, webhook: {url: "http://127.0.0.1:%d/"}}
                contacts:
                  - {id: centre, channels: [hook], on: [opened, storm], kinds: [safety.*]}
                """.formatted(receiver));
        Files.writeString(folder.resolve("correlation.yaml"), """
                storms:
                  - {kinds: [safety.*], level: village, most: 20, within: 1h}
                """);
        Path file = Files.writeString(folder.resolve("central-hub.yaml"), """
                tickets:
                  policy: %1$s/ticket-policy.yaml
                  workflows: [%1$s/workflows/nine-step.yaml]
                  deadlines: %1$s/deadlines.yaml
                  notifications: notifications.yaml
                  correlation: correlation.yaml
                """.formatted(
                        Path.of("config").toAbsolutePath()));
        return HubFile.read(file, HubSettings.Storage.in(folder.resolve("data")));
    }
}
