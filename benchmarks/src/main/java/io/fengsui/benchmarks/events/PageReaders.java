package io.fengsui.benchmarks.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** People who read one page of the console after the other, a few a second each, and how long they waited. Thread-safe. */
final class PageReaders implements AutoCloseable {
    private static final int PEOPLE = 4;
    private static final long PAUSE_MILLIS = 150;
    private static final List<String> PAGES = List.of(
            "/",
            "/api/v1/summary",
            "/api/v1/tickets?limit=50",
            "/api/v1/events?limit=50",
            "/api/v1/deliveries?limit=50");

    /** @param refused answers that were none */
    record Waited(int pages, int refused, double p50, double p99, double longest) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final int port;
    private volatile boolean isOver;

    PageReaders(int port) {
        this.port = port;
        for (int i = 0; i < PEOPLE; i++) {
            int first = i;
            var _ = readers.submit(() -> read(first));
        }
    }

    private boolean read(int first) throws InterruptedException {
        for (int i = first; !isOver; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + PAGES.get(i % PAGES.size())))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            long begun = System.nanoTime();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .statusCode();
                refused.addAndGet(status == 200 ? 0 : 1);
            } catch (IOException e) {
                refused.incrementAndGet();
            }
            nanos.add(System.nanoTime() - begun);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** Of the time since the last call; milliseconds. */
    Waited waited() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        nanos.clear();
        int bad = refused.getAndSet(0);
        if (sorted.length == 0) {
            return new Waited(0, bad, 0, 0, 0);
        }
        return new Waited(
                sorted.length,
                bad,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    @Override
    public void close() {
        isOver = true;
        readers.close();
        client.close();
    }
}
