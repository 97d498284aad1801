package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.cameras.load.Truth;
import io.fengsui.benchmarks.cameras.sight.Reference;
import io.fengsui.benchmarks.cameras.sight.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what a contender saw with what truly happened and with what full decoding would have seen. Pure but for the reference. */
final class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** So much after its end a happening may still be told of. */
    private static final double GRACE = 2;
    /** Sightings of one camera that lie closer together are one alarm. */
    private static final double ONE_ALARM = 10;

    private final Reference reference;

    Judge(Reference reference) {
        this.reference = reference;
    }

    /** Numbers of one class of streams and size of object. */
    private static final class Tally {
        int happenings;
        int findable;
        int found;
        int seconds;
        int secondsSeen;

        ObjectNode json() {
            return JSON.createObjectNode()
                    .put("happenings", happenings)
                    .put("findable", findable)
                    .put("found", found)
                    .put("seconds", seconds)
                    .put("secondsSeen", secondsSeen);
        }
    }

    /** Seconds since 1970. */
    record Window(double from, double to) {}

    /** Everything about the happenings that lie wholly within the window. */
    ObjectNode judge(List<Truth> truths, List<Sighting> sightings, Window window, int cameras) throws IOException {
        Map<String, List<Sighting>> byCamera = new TreeMap<>();
        sightings.forEach(s ->
                byCamera.computeIfAbsent(s.camera(), c -> new ArrayList<>()).add(s));
        Map<String, Tally> tallies = new TreeMap<>();
        Tally all = new Tally();
        List<Double> delays = new ArrayList<>();
        List<Double> suddenDelays = new ArrayList<>();
        List<Double> laterThanReference = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Truth truth : truths) {
            if (!truth.isWhole() || truth.begin() < window.from() || !(truth.end() + GRACE <= window.to())) {
                continue;
            }
            Reference.Seen seen = reference.of(truth.stream());
            List<Sighting> near = byCamera.getOrDefault(truth.camera(), List.of());
            Tally tally = tallies.computeIfAbsent(truth.kind() + "/" + truth.size(), k -> new Tally());
            Sighting first = near.stream()
                    .filter(s ->
                            s.from() <= truth.end() + GRACE && s.to() >= truth.begin() && s.known() >= truth.begin())
                    .min(Comparator.comparingDouble(Sighting::known))
                    .orElse(null);
            for (Tally t : List.of(all, tally)) {
                t.happenings++;
                if (seen.isFindable()) {
                    t.findable++;
                    t.found += first == null ? 0 : 1;
                    count(t, truth, seen, near);
                }
            }
            if (seen.isFindable()) {
                if (first == null) {
                    missed.add(truth.camera() + " " + truth.stream() + " " + truth.begin());
                } else {
                    delays.add(first.known() - truth.begin());
                    laterThanReference.add(first.known() - truth.begin() - seen.firstSeenAfter());
                    if (truth.size().equals("large") || truth.size().equals("small")) {
                        suddenDelays.add(first.known() - truth.begin());
                    }
                }
            }
        }
        ObjectNode out = JSON.createObjectNode();
        out.set("all", all.json());
        ObjectNode classes = out.putObject("classes");
        tallies.forEach((key, tally) -> classes.set(key, tally.json()));
        numbers(out.putArray("delays"), delays);
        numbers(out.putArray("suddenDelays"), suddenDelays);
        numbers(out.putArray("laterThanReference"), laterThanReference);
        missed.stream().limit(50).forEach(out.putArray("missed")::add);
        return out.put("falseAlarms", falseAlarms(truths, byCamera, window))
                .put("cameraSeconds", cameras * (window.to() - window.from()));
    }

    private static void count(Tally tally, Truth truth, Reference.Seen seen, List<Sighting> near) {
        for (int second = 0; truth.begin() + second < truth.end(); second++) {
            if (seen.sees(second)) {
                double from = truth.begin() + second;
                tally.seconds++;
                tally.secondsSeen += near.stream().anyMatch(s -> s.from() < from + 1 && s.to() >= from) ? 1 : 0;
            }
        }
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        values.stream().sorted().forEach(value -> array.add(Math.round(value * 1000) / 1000.0));
    }

    private static int falseAlarms(List<Truth> truths, Map<String, List<Sighting>> byCamera, Window window) {
        Map<String, List<Truth>> truthOf = new TreeMap<>();
        truths.forEach(
                t -> truthOf.computeIfAbsent(t.camera(), c -> new ArrayList<>()).add(t));
        int alarms = 0;
        for (Map.Entry<String, List<Sighting>> entry : byCamera.entrySet()) {
            double last = Double.NEGATIVE_INFINITY;
            List<Sighting> inOrder = entry.getValue().stream()
                    .filter(s -> s.from() >= window.from() && s.from() <= window.to())
                    .sorted(Comparator.comparingDouble(Sighting::from))
                    .toList();
            for (Sighting sighting : inOrder) {
                boolean isTrue = truthOf.getOrDefault(entry.getKey(), List.of()).stream()
                        .anyMatch(t -> sighting.from() <= t.end() + GRACE && sighting.to() >= t.begin() - 1);
                if (!isTrue && sighting.from() - last > ONE_ALARM) {
                    alarms++;
                    last = sighting.from();
                }
            }
        }
        return alarms;
    }
}
