package io.fengsui.benchmarks.chaos;

import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.site.Backlog;
import io.fengsui.benchmarks.chaos.site.Clocks;
import io.fengsui.benchmarks.chaos.site.Clone;
import io.fengsui.benchmarks.chaos.site.Ends;
import io.fengsui.benchmarks.chaos.site.FirstStarts;
import io.fengsui.benchmarks.chaos.site.Flapping;
import io.fengsui.benchmarks.chaos.site.FleetReturn;
import io.fengsui.benchmarks.chaos.site.Freezes;
import io.fengsui.benchmarks.chaos.site.HubCrashPoints;
import io.fengsui.benchmarks.chaos.site.HungDisk;
import io.fengsui.benchmarks.chaos.site.Kills;
import io.fengsui.benchmarks.chaos.site.Lines;
import io.fengsui.benchmarks.chaos.site.NoCommit;
import io.fengsui.benchmarks.chaos.site.Poison;
import io.fengsui.benchmarks.chaos.site.Restore;
import io.fengsui.benchmarks.chaos.site.Silence;
import io.fengsui.benchmarks.chaos.site.SlowDisk;
import io.fengsui.benchmarks.chaos.site.Storm;
import io.fengsui.benchmarks.chaos.spool.BadPlaces;
import io.fengsui.benchmarks.chaos.spool.CrashPoints;
import io.fengsui.benchmarks.chaos.spool.DamagedFiles;
import io.fengsui.benchmarks.chaos.spool.DiskErrors;
import io.fengsui.benchmarks.chaos.spool.FullDisk;
import io.fengsui.benchmarks.chaos.spool.PowerCuts;
import io.fengsui.benchmarks.chaos.spool.SpoolKills;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All that can be broken. */
final class Parts {
    /** The longest first. */
    private static final List<Part> ALL = List.of(
            new Kills(Kills.Side.HUB),
            new Lines(Lines.Line.HUB),
            new Kills(Kills.Side.EDGE),
            new Lines(Lines.Line.BROKER),
            new FleetReturn(),
            new Ends(),
            new PowerCuts(),
            new DamagedFiles(),
            new Backlog(),
            new Clocks(Clocks.Side.EDGE),
            new Clocks(Clocks.Side.HUB),
            new NoCommit(),
            new HungDisk(),
            new Clone(),
            new Silence(),
            new SlowDisk(),
            new DiskErrors(),
            new BadPlaces(),
            new HubCrashPoints(),
            new Flapping(),
            new Freezes(),
            new Restore(),
            new FirstStarts(),
            new SpoolKills(),
            new Storm(),
            new Poison(),
            new CrashPoints(),
            new FullDisk());

    private Parts() {}

    /** Those whose names are given, with commas between; {@code all} is all. Empty when one of them is unknown. */
    static List<Part> named(String names) {
        if (names.equals("all")) {
            return ALL;
        }
        List<String> wanted = Arrays.asList(names.split(",", -1));
        List<Part> found =
                ALL.stream().filter(part -> wanted.contains(part.name())).toList();
        return found.size() == wanted.size() ? found : List.of();
    }

    static String names() {
        return ALL.stream().map(Part::name).collect(Collectors.joining(", "));
    }
}
