package io.fengsui.benchmarks.storm;

import io.fengsui.protocol.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A scripted day: what is told, and what truly happened.
 *
 * @param hours that it lasts
 */
record StormDay(String name, double hours, List<Told> told) {
    /** What an edge tells: something began, or is over. */
    enum Sign {
        BEGINS,
        ENDS
    }

    /**
     * @param key of the event; the same key begins again after its end
     * @param truth the true happening that it is a sign of
     */
    record Told(Duration at, Sign sign, String key, String kind, Where where, String truth) {}

    record Where(Source source, String grid, double longitude, double latitude) {}

    StormDay {
        told = told.stream().sorted(Comparator.comparing(Told::at)).toList();
    }

    static List<StormDay> all(int floodSeconds) {
        return List.of(flapping(), deadSwitch(), flood(floodSeconds), crowd(), typhoon());
    }

    /** One sensor at its limit: over and under it every quarter of an hour for six hours. */
    private static StormDay flapping() {
        List<Told> told = new ArrayList<>();
        Where here = new Where(Source.sensor("level-1"), "g1", 112.80, 35.50);
        for (int i = 0; i < 24; i++) {
            Duration at = Duration.ofMinutes(15L * i);
            told.add(new Told(at, Sign.BEGINS, "level-1", "water.level.high", here, "river"));
            told.add(new Told(at.plusMinutes(3), Sign.ENDS, "level-1", "water.level.high", here, "river"));
        }
        return new StormDay("flapping sensor", 6, told);
    }

    /** A switch dies with its 40 cameras, some of them told of before it; another camera fails for itself. */
    private static StormDay deadSwitch() {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Where camera = new Where(Source.camera("cam-" + i, ""), "g" + i % 4, 112.80 + i * 0.001, 35.50);
            told.add(new Told(
                    Duration.ofMillis(600L * i), Sign.BEGINS, "off-" + i, "health.camera.offline", camera, "switch"));
        }
        Where box = new Where(Source.sensor("switch-7"), "g1", 112.80, 35.50);
        told.add(new Told(Duration.ofSeconds(12), Sign.BEGINS, "sw", "health.switch.offline", box, "switch"));
        Where other = new Where(Source.camera("cam-far", ""), "g9", 112.99, 35.59);
        told.add(new Told(Duration.ofSeconds(15), Sign.BEGINS, "off-far", "health.camera.offline", other, "lens"));
        return new StormDay("dead switch, 40 cameras", 1, told);
    }

    /** 10,000 events a second from one camera for so long. */
    private static StormDay flood(int seconds) {
        List<Told> told = new ArrayList<>();
        Where here = new Where(Source.camera("cam-mad", "gate"), "g1", 112.80, 35.50);
        for (int i = 0; i < seconds * 5_000; i++) {
            Duration at = Duration.ofNanos(i * 200_000L);
            told.add(new Told(at, Sign.BEGINS, "gate", "safety.intrusion", here, "gate"));
            told.add(new Told(at.plusNanos(100_000), Sign.ENDS, "gate", "safety.intrusion", here, "gate"));
        }
        return new StormDay("10,000 events a second, one camera", 1, told);
    }

    /** Three squares, each seen by ten cameras, full again and again for four hours. */
    private static StormDay crowd() {
        List<Told> told = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int square = 0; square < 3; square++) {
            for (int camera = 0; camera < 10; camera++) {
                Where here = new Where(
                        Source.camera("sq-" + square + "-" + camera, "square"),
                        "g" + square,
                        112.80 + square * 0.02 + random.nextDouble() * 0.001,
                        35.50 + random.nextDouble() * 0.0008);
                String key = "crowd-" + square + "-" + camera;
                Duration at = Duration.ofSeconds(random.nextInt(600));
                while (at.toHours() < 4) {
                    told.add(new Told(at, Sign.BEGINS, key, "safety.crowd", here, "square-" + square));
                    Duration over = at.plusSeconds(60 + random.nextInt(240));
                    told.add(new Told(over, Sign.ENDS, key, "safety.crowd", here, "square-" + square));
                    at = over.plusSeconds(120 + random.nextInt(900));
                }
            }
        }
        return new StormDay("festival crowd, 3 squares, 30 cameras", 5, told);
    }

    /** Thirty sensors rise in one evening, each at a place of its own and each at its limit for a while. */
    private static StormDay typhoon() {
        List<Told> told = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 30; i++) {
            Where here = new Where(Source.sensor("river-" + i), "g" + i, 112.70 + i * 0.01, 35.40);
            Duration at = Duration.ofSeconds(random.nextInt(3 * 3_600));
            for (int wave = 0; wave < 6; wave++) {
                told.add(new Told(at, Sign.BEGINS, "river-" + i, "water.level.high", here, "river-" + i));
                Duration over = at.plusSeconds(120 + random.nextInt(600));
                told.add(new Told(over, Sign.ENDS, "river-" + i, "water.level.high", here, "river-" + i));
                at = over.plusSeconds(300 + random.nextInt(1_500));
            }
        }
        return new StormDay("typhoon evening, 30 sensors", 6, told);
    }
}
