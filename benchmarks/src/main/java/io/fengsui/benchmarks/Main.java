package io.fengsui.benchmarks;

import io.fengsui.benchmarks.cameras.CamerasBenchmark;
import io.fengsui.benchmarks.cameras.PeerMain;
import io.fengsui.benchmarks.chaos.ChaosMain;
import io.fengsui.benchmarks.chaos.fleet.FleetMain;
import io.fengsui.benchmarks.chaos.lab.BrokerMain;
import io.fengsui.benchmarks.chaos.spool.BadPlacesMain;
import io.fengsui.benchmarks.chaos.spool.DiskErrorsMain;
import io.fengsui.benchmarks.chaos.spool.WriterMain;
import io.fengsui.benchmarks.events.Arguments.RefusedException;
import io.fengsui.benchmarks.events.EventsBenchmark;
import io.fengsui.benchmarks.events.FloodBenchmark;
import io.fengsui.benchmarks.events.HubBenchmark;
import io.fengsui.benchmarks.gate.GateBenchmark;
import io.fengsui.benchmarks.quantize.RangesMain;
import io.fengsui.benchmarks.rules.RulesBenchmark;
import io.fengsui.benchmarks.storm.StormBenchmark;
import java.util.Arrays;

/** What {@code scripts/bench} runs: the first argument names the benchmark, the others are its own. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] own = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            run(name, own);
        } catch (RefusedException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(String name, String[] own) throws Exception {
        switch (name) {
            case "detect" -> DetectBenchmark.main(own);
            case "delay" -> DelayBenchmark.main(own);
            case "events" -> EventsBenchmark.main(own);
            case "flood" -> FloodBenchmark.main(own);
            case "spool" -> SpoolBenchmark.main(own);
            case "main" -> MainBenchmark.main(own);
            case "hub" -> HubBenchmark.main(own);
            case "storm" -> StormBenchmark.main(own);
            case "gate" -> GateBenchmark.main(own);
            case "cameras" -> CamerasBenchmark.main(own);
            case "rules" -> RulesBenchmark.main(own);
            case "chaos" -> ChaosMain.main(own);
            case "chaos-writer" -> WriterMain.main(own);
            case "chaos-disk-errors" -> DiskErrorsMain.main(own);
            case "chaos-bad-places" -> BadPlacesMain.main(own);
            case "chaos-fleet" -> FleetMain.main(own);
            case "chaos-broker" -> BrokerMain.main(own);
            case "ranges" -> RangesMain.main(own);
            case "peer" -> PeerMain.main(own);
            default -> {
                System.err.println(
                        "there is no benchmark '" + name + "'; take detect, events, rules, main, gate or cameras");
                System.exit(2);
            }
        }
    }
}
