package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The most cameras that a contender holds: under 0.1 % of the pictures lost, 99 % of the happenings found that full decoding would
 * find, and cores left for the cameras' own programs, so that none sends a picture a second late: true cameras would not wait. First a number that costs little, then what its costs promise, then between the most that held and the least that did not.
 */
final class Capacity {
    private static final double MOST_LOST = 0.001;
    private static final double LEAST_FOUND = 0.99;
    private static final double MOST_LATE_MILLIS = 1_000;
    /** What of both cores can be used before queues grow without end. */
    private static final double USABLE = 0.92;

    private final Site site;
    private final Judge judge;
    private final Effort effort;

    Capacity(Site site, Judge judge, Effort effort) {
        this.site = site;
        this.judge = judge;
        this.effort = effort;
    }

    /**
     * What was found.
     *
     * @param holds most cameras that held; 0 when none did
     * @param fails fewest that did not; null when all that were tried held
     * @param best the numbers of the most that held
     */
    record Found(
            int holds, @Nullable Integer fails, @Nullable JsonNode best, List<String> tried) {}

    Found of(String system, List<String> classes, int first, int most) throws IOException, InterruptedException {
        int holds = 0;
        Integer fails = null;
        JsonNode best = null;
        List<String> tried = new ArrayList<>();
        int next = first;
        for (int i = 0; i < effort.trials() && next > holds && (fails == null || next < fails); i++) {
            JsonNode numbers = trial(system, classes, next).result(site, judge);
            boolean holding = holds(numbers);
            tried.add(next + (holding ? " held" : " failed: " + why(numbers)) + " (its costs promise "
                    + promised(numbers) + ")");
            System.err.println(system + " " + tried.getLast());
            if (holding) {
                holds = next;
                best = numbers;
            } else {
                fails = next;
            }
            next = following(numbers, holds, fails, most);
        }
        return new Found(holds, fails, best, tried);
    }

    private Trial trial(String system, List<String> classes, int cameras) {
        boolean isPeer = system.equals("ffmpeg") || system.equals("grabber");
        return new Trial(
                system, classes, cameras, false, isPeer ? effort.peerWarmUp() : effort.warmUp(), effort.window(), 1);
    }

    private int following(JsonNode numbers, int holds, @Nullable Integer fails, int most) {
        int promised = promised(numbers);
        int next;
        if (fails == null) {
            next = Math.max(promised, (int) (holds * 1.15));
        } else if (holds == 0) {
            next = Math.min(promised, fails * 2 / 3);
        } else if (fails <= holds * effort.precision()) {
            return holds;
        } else {
            boolean isBetween = promised > holds * 1.05 && promised < fails * 0.95;
            next = isBetween ? promised : (int) Math.sqrt((double) holds * fails);
        }
        return Math.max(1, Math.min(next, most));
    }

    private static int promised(JsonNode numbers) {
        double cost = numbers.path("cpu").asDouble() + numbers.path("cpuLoad").asDouble();
        return (int) (USABLE * 1000 * Machine.cores() / Math.max(1e-6, cost));
    }

    static boolean holds(JsonNode numbers) {
        return why(numbers).isEmpty();
    }

    /** Why it does not hold; empty when it does. */
    static String why(JsonNode numbers) {
        if (!numbers.path("alive").asBoolean()) {
            return "it ended";
        }
        JsonNode load = numbers.path("load");
        int cameras = numbers.path("cameras").asInt();
        if (load.path("streaming").asDouble() < Math.floor(cameras * 0.999)) {
            return load.path("streaming").asInt() + " of " + cameras + " streamed";
        }
        double late = load.path("late-ms").asDouble();
        if (late > MOST_LATE_MILLIS) {
            return String.format(Locale.ROOT, "pictures sent %.1f s late", late / 1000);
        }
        double lost = lostPart(numbers);
        if (lost > MOST_LOST) {
            return String.format(Locale.ROOT, "%.2f %% of the pictures lost", lost * 100);
        }
        JsonNode all = numbers.path("judged").path("all");
        int findable = all.path("findable").asInt();
        int found = all.path("found").asInt();
        if (found < Math.floor(findable * LEAST_FOUND)) {
            return found + " of " + findable + " happenings found";
        }
        return "";
    }

    static double lostPart(JsonNode numbers) {
        JsonNode load = numbers.path("load");
        double frames = load.path("frames").asDouble();
        double lost = load.path("frames-lost").asDouble();
        double bySender = frames + lost == 0 ? 1 : lost / (frames + lost);
        double packets = Math.max(1, load.path("packets").asDouble());
        return Math.max(
                bySender,
                numbers.path("parts").path("#edge_stream_lost_packets_total").asDouble() / packets);
    }
}
