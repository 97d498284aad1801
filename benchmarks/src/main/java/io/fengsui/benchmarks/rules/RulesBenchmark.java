package io.fengsui.benchmarks.rules;

import io.fengsui.edge.decide.event.RuleGuard;
import io.fengsui.edge.decide.event.RuleMemory;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.profile.reading.DeviceMemory;
import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.profile.reading.Incoming;
import io.fengsui.edge.profile.reading.ProfileMapper;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.rules.timing.Modes;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * A thousand sensors with a rule each, in one thread: messages through mapping and rules, readings through rules found by
 * sensor and through all rules one after the other, and readings of which each begins or ends an event. The ways take turns,
 * so that what else the machine does hits all of them.
 */
public final class RulesBenchmark {
    private static final int RULES = 1_000;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 1_500_000_000L;
    private static final String BOOT = "bench";

    private final RuleSet rules;
    private final ProfileMapper mapper = new ProfileMapper(new DeviceMemory());
    private final ProfileMapper.Bound leak = new ProfileMapper.Bound(
            ProfileLibrary.builtIn().find("zigbee2mqtt.leak").orElseThrow(), "");
    private final Map<String, String> sensors = new HashMap<>();
    private final List<String> topics = new ArrayList<>();
    private final byte[] dry = payload(false);
    private long clock;
    private long evaluations;
    private long findings;

    private RulesBenchmark() {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < RULES; i++) {
            yaml.append(
                    "  - {id: leak-%d, kind: water.leak, severity: minor, state: {quantity: leak, sensors: [s-%d]}}\n"
                            .formatted(i, i));
            sensors.put("device-" + i, "s-" + i);
            topics.add("zigbee2mqtt/device-" + i);
        }
        Problems problems = new Problems();
        Map<String, Set<String>> quantities = new HashMap<>();
        sensors.values().forEach(sensor -> quantities.put(sensor, Set.of("leak")));
        RuleScope scope = new RuleScope(Map.of(), quantities, Set.of());
        rules = SettingsFile.parse("bench.yaml", yaml.toString(), problems)
                .map(root -> RuleSet.compile(RuleReader.read(root, scope), Map.of()))
                .orElseThrow();
        if (!problems.isEmpty() || rules.all().size() != RULES) {
            throw new IllegalStateException(problems.toString());
        }
    }

    private static byte[] payload(boolean isWet) {
        return ("{\"battery\":97,\"battery_low\":false,\"linkquality\":116,\"tamper\":false,\"voltage\":3000,"
                        + "\"device_temperature\":21,\"water_leak\":" + isWet + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One way of doing it: what {@code step} does is counted in readings. */
    private record Way(String id, String what, LongUnaryOperator step, List<Double> rates) {
        Way(String id, String what, LongUnaryOperator step) {
            this(id, what, step, new ArrayList<>());
        }

        void round() {
            long begun = System.nanoTime();
            long readings = 0;
            long now = begun;
            for (long i = 0; now - begun < ROUND_NANOS; now = System.nanoTime()) {
                for (int batch = 0; batch < 64; batch++, i++) {
                    readings += step.applyAsLong(i);
                }
            }
            rates.add(readings / ((now - begun) / 1e9));
        }

        double median() {
            return rates.stream().sorted().toList().get(rates.size() / 2);
        }
    }

    public static void main(String[] arguments) {
        RulesBenchmark bench = new RulesBenchmark();
        RuleMemory mapped = new RuleMemory(new RuleGuard(System::nanoTime));
        RuleMemory indexed = new RuleMemory(new RuleGuard(System::nanoTime));
        RuleMemory naive = new RuleMemory(new RuleGuard(() -> 0));
        RuleMemory told = new RuleMemory(new RuleGuard(System::nanoTime));
        List<Way> ways = List.of(
                new Way(
                        "mapping-and-rules",
                        "messages of leak detectors, mapped, rules by sensor",
                        i -> bench.message(i, mapped)),
                new Way("rules", "readings, rules by sensor", i -> bench.reading(i, 0, indexed)),
                new Way(
                        "rules-naive",
                        "the same readings, every rule for every reading",
                        i -> bench.everyRule(i, naive)),
                new Way(
                        "rules-events",
                        "readings each of which begins or ends an event",
                        i -> bench.reading(i, i / RULES % 2, told)));
        ways.forEach(Way::round);
        ways.forEach(way -> way.rates().clear());
        long before = bench.findings;
        for (int round = 0; round < ROUNDS; round++) {
            ways.forEach(Way::round);
        }
        if (bench.findings == before || bench.evaluations == 0) {
            throw new IllegalStateException("nothing was found: the benchmark measures nothing");
        }
        print(ways);
    }

    private static void print(List<Way> ways) {
        for (Way way : ways) {
            List<Double> sorted = way.rates().stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %12.0f readings/s  (%.0f to %.0f, %d rounds)  %s%n",
                    way.id(),
                    way.median(),
                    sorted.getFirst(),
                    sorted.getLast(),
                    sorted.size(),
                    way.what());
        }
        double ratio = ways.get(1).median() / ways.get(2).median();
        System.out.printf(
                Locale.ROOT, "rules by sensor are %.0f times as fast as every rule for every reading%n", ratio);
        for (Way way : ways) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"id\":\"%s\",\"value\":%.0f,\"unit\":\"readings/s\",\"n\":%d,\"rules\":%d}%n",
                    way.id(),
                    way.median(),
                    way.rates().size(),
                    RULES);
        }
        System.out.printf(Locale.ROOT, "{\"id\":\"rules-ratio\",\"value\":%.1f,\"unit\":\"times\"}%n", ratio);
    }

    private Moment now() {
        clock += 10_000;
        return new Moment(Instant.ofEpochSecond(1_777_622_400L, clock), ClockQuality.SYNCED, BOOT, clock);
    }

    private long message(long i, RuleMemory memory) {
        Moment now = now();
        Incoming incoming = new Incoming(topics.get((int) (i % RULES)), dry, false, now.wall(), ZoneOffset.UTC);
        long readings = 0;
        for (Heard heard : mapper.hear(leak, incoming)) {
            String sensor = sensors.get(heard.device());
            if (heard instanceof Heard.Measured m && sensor != null) {
                Reading reading = new Reading(sensor, m.quantity(), m.value(), m.unit(), Quality.GOOD, now);
                judge(reading, memory, now);
                // A message says more than the one thing that a rule is about; that alone is counted.
                readings += rules.forReading(reading).size();
            }
        }
        return readings;
    }

    private long reading(long i, long value, RuleMemory memory) {
        Moment now = now();
        judge(new Reading("s-" + i % RULES, "leak", value, "", Quality.GOOD, now), memory, now);
        return 1;
    }

    private void judge(Reading reading, RuleMemory memory, Moment now) {
        RuleInput sample = new RuleInput.Sample(reading, false);
        for (CompiledRule rule : rules.forReading(reading)) {
            evaluate(new Binding(rule, reading.sensor()), sample, memory, now);
        }
    }

    private long everyRule(long i, RuleMemory memory) {
        Moment now = now();
        Reading reading = new Reading("s-" + i % RULES, "leak", 0, "", Quality.GOOD, now);
        RuleInput sample = new RuleInput.Sample(reading, false);
        for (CompiledRule rule : rules.all()) {
            evaluate(new Binding(rule, "any"), sample, memory, now);
        }
        return 1;
    }

    private void evaluate(Binding binding, RuleInput sample, RuleMemory memory, Moment now) {
        evaluations++;
        memory.evaluate(binding, sample, now, Modes.NONE)
                .ifPresent(outcome -> findings += outcome.findings().size());
        memory.change(binding, now.steadyNanos());
    }
}
