package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.cameras.load.LoadProcess;
import io.fengsui.benchmarks.cameras.load.Site;
import io.fengsui.benchmarks.cameras.sight.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Cameras of which each is looked at once a second, while something is done to the agent's workers again and again. Blind is the time
 * from there until a look is answered again; it is read ten times a second, so up to 0.1 s too long.
 */
final class Unrest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONCE_A_SECOND = "every-15";
    private static final long POLL_MILLIS = 100;
    private static final long PATIENCE_SECONDS = 60;
    private static final int END_SECONDS = 20;

    /**
     * What came of a try to disturb.
     *
     * @param hasHit whether anything was done; what was not is counted, and never as a time in which cameras were blind
     */
    record Strike(String kind, boolean hasHit) {}

    /** What is done to the workers. */
    interface Disturbance {
        /** Does it once. */
        Strike strike(FengsuiContender agent, int number) throws IOException, InterruptedException;

        /** Until the next. */
        Duration pause(int number);
    }

    private final Site site;
    private final Judge judge;
    private final Effort effort;

    Unrest(Site site, Judge judge, Effort effort) {
        this.site = site;
        this.judge = judge;
        this.effort = effort;
    }

    JsonNode result(String name, int cameras, int strikes, Disturbance disturbance)
            throws IOException, InterruptedException {
        String key = "unrest_" + name + "_" + cameras + "_" + strikes;
        Path kept = Files.createDirectories(site.work().resolve("runs")).resolve(key + ".json");
        if (!Files.exists(kept)) {
            System.err.printf("%s, %d times, with %d cameras ...%n", name, strikes, cameras);
            Files.writeString(kept, measure(key, cameras, strikes, disturbance).toPrettyString());
        }
        return JSON.readTree(kept.toFile());
    }

    private ObjectNode measure(String key, int cameras, int strikes, Disturbance disturbance)
            throws IOException, InterruptedException {
        Path folder = site.work().resolve("trials").resolve(key);
        Files.createDirectories(folder);
        LoadProcess.Plan plan = new LoadProcess.Plan(site.library(), Parts.VARIABLE, List.of(), cameras, false);
        try (LoadProcess load = LoadProcess.start(site, plan, folder);
                FengsuiContender agent = FengsuiContender.start(site, folder, ONCE_A_SECOND, cameras, load.port())) {
            awaitLooks(agent);
            TimeUnit.SECONDS.sleep(effort.warmUp() / 2);
            double from = System.currentTimeMillis() / 1000.0;
            ObjectNode out = JSON.createObjectNode().put("key", key).put("commit", site.commit());
            agent.settle();
            out.put("pssKibBefore", agent.tree().pssKib())
                    .put("ownPssKibBefore", agent.tree().ownPssKib());
            TreeMap<String, Integer> kinds = new TreeMap<>();
            List<Double> blind = new ArrayList<>();
            for (int number = 0; number < strikes && agent.isAlive(); number++) {
                kinds.merge(strike(agent, number, disturbance, blind).kind(), 1, Integer::sum);
                TimeUnit.MILLISECONDS.sleep(disturbance.pause(number).toMillis());
            }
            TimeUnit.SECONDS.sleep(END_SECONDS);
            double to = System.currentTimeMillis() / 1000.0;
            agent.settle();
            out.put("pssKibAfter", agent.tree().pssKib())
                    .put("ownPssKibAfter", agent.tree().ownPssKib());
            out.put("alive", agent.isAlive()).put("seconds", to - from);
            out.put("hit", blind.size());
            ObjectNode counts = out.putObject("strikes");
            kinds.forEach(counts::put);
            ArrayNode all = out.putArray("blindSeconds");
            blind.stream().sorted().forEach(all::add);
            List<Sighting> sightings = new ArrayList<>(agent.sightings());
            out.set("judged", judge.judge(load.truth(), sightings, new Judge.Window(from, to), cameras));
            return out;
        }
    }

    private static Strike strike(FengsuiContender agent, int number, Disturbance disturbance, List<Double> blind)
            throws IOException, InterruptedException {
        Answers answers = new Answers(agent);
        Strike strike;
        try {
            strike = disturbance.strike(agent, number);
            if (strike.hasHit()) {
                answers.untilOneMore();
            }
        } finally {
            answers.stop();
        }
        if (strike.hasHit()) {
            blind.add(answers.longestSeconds());
        }
        return strike;
    }

    private static void awaitLooks(FengsuiContender agent) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (answered(agent) == 0) {
            if (System.nanoTime() > until || !agent.isAlive()) {
                throw new IOException("no look was answered in " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static double answered(FengsuiContender agent) throws IOException, InterruptedException {
        return FengsuiContender.sum(agent.metrics(), "edge_inference_seconds_count");
    }

    /** Reads on a thread of its own how many looks were answered, and keeps the longest time in which none was. */
    private static final class Answers {
        private final FengsuiContender agent;
        private final Thread reader;
        private volatile boolean isClosed;
        private double count;
        private long lastNanos = System.nanoTime();
        private long longest;

        Answers(FengsuiContender agent) throws IOException, InterruptedException {
            this.agent = agent;
            this.count = answered(agent);
            this.reader = Thread.ofPlatform().daemon().name("answers").start(this::run);
        }

        private void run() {
            try {
                while (!isClosed) {
                    poll();
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            } catch (InterruptedException | IOException e) {
                isClosed = true;
            }
        }

        private synchronized void poll() throws IOException, InterruptedException {
            double now = answered(agent);
            long nanos = System.nanoTime();
            longest = Math.max(longest, nanos - lastNanos);
            if (now > count) {
                count = now;
                lastNanos = nanos;
            }
        }

        /** Waits until looks have been answered for a while after now. */
        void untilOneMore() throws IOException, InterruptedException {
            long begun = System.nanoTime();
            long until = begun + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            // What was in flight at the strike may be answered first: those of the two seconds after are waited for
            // too.
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(2) || !isAnsweredSince(begun)) {
                if (System.nanoTime() > until) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            long later = System.nanoTime();
            while (!isAnsweredSince(later) && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }

        private synchronized boolean isAnsweredSince(long nanos) {
            return lastNanos - nanos > 0;
        }

        synchronized double longestSeconds() {
            return longest / 1e9;
        }

        void stop() throws InterruptedException {
            isClosed = true;
            reader.join(PATIENCE_SECONDS * 1000);
        }
    }
}
