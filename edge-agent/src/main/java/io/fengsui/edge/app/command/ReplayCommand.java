package io.fengsui.edge.app.command;

import io.fengsui.edge.app.replay.TrialSpots;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ModelProbe;
import io.fengsui.edge.record.Replay;
import io.fengsui.edge.record.Segments;
import io.fengsui.rules.RuleSet;
import io.fengsui.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edge-agent rules replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Puts what this box recorded through the rules of a configuration, changed or not.",
            "Shows what would have begun, what did, and the differences. Exit status 2 when the configuration is wrong."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {
    private static final Pattern SINCE = Pattern.compile("([1-9][0-9]{0,5})([mhd])");
    private static final int MAX_SHOWN = 200;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--since",
            defaultValue = "7d",
            paramLabel = "DURATION",
            description = "How far back (default: ${DEFAULT-VALUE}).")
    private String since;

    @Option(
            names = "--recordings",
            paramLabel = "FOLDER",
            description = "Where the recordings lie (default: 'record' below the configuration's data-dir).")
    private @Nullable Path recordings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Problems problems = new Problems();
        ConfigurationStore store =
                new ConfigurationStore(config.file(), ModelProbe.whatIsKnown(ModelProbe.FULL), System::getenv);
        Optional<AgentSettings> read = store.read(problems);
        Optional<Instant> from = from();
        if (read.isEmpty() || from.isEmpty()) {
            spec.commandLine().getErr().println(read.isEmpty() ? problems : "write '--since 7d', '12h' or '30m'");
            return 2;
        }
        AgentSettings settings = read.get();
        RuleSet rules = RuleSet.compile(
                settings.rules(), settings.zones(), settings.decisions().modes());
        Replay replay = new Replay(rules, TrialSpots.of(settings));
        Path folder = recordings == null ? settings.storage().recordDirectory() : recordings;
        Segments.Told told;
        try (Segments segments = new Segments(folder, Long.MAX_VALUE)) {
            told = segments.read(from.get(), replay::take);
        }
        if (told.entries() == 0) {
            out.println("nothing is recorded in " + folder + " since " + from.get());
            return 0;
        }
        show(replay.result(), told, settings.identity().timeZone(), out);
        return 0;
    }

    private Optional<Instant> from() {
        Matcher matcher = SINCE.matcher(since);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        Duration back = switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case String days -> Duration.ofDays(count);
        };
        return Optional.of(Instant.now().minus(back));
    }

    private static void show(Replay.Result result, Segments.Told told, ZoneId zone, PrintWriter out) {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(zone);
        out.println(time.format(result.from()) + " to " + time.format(result.to()) + " (" + zone + "): "
                + result.pictures() + " pictures, " + result.readings() + " readings"
                + (told.damaged() > 0 ? ", " + told.damaged() + " damaged segments" : ""));
        Map<String, long[]> counts = new TreeMap<>();
        result.would().forEach(b -> counts.computeIfAbsent(b.rule(), _ -> new long[2])[0]++);
        result.was().forEach(b -> counts.computeIfAbsent(b.rule(), _ -> new long[2])[1]++);
        counts.forEach((rule, n) -> out.println("  " + rule + ": would have fired " + n[0] + ", was " + n[1]));
        out.println("would have fired " + result.would().size() + ", was "
                + result.was().size());
        result.lost().stream().limit(MAX_SHOWN).forEach(b -> out.println("  - " + line(b, time)));
        result.won().stream().limit(MAX_SHOWN).forEach(b -> out.println("  + " + line(b, time)));
    }

    private static String line(Replay.Begun begun, DateTimeFormatter time) {
        return time.format(begun.at()) + " " + begun.rule() + " " + begun.subject() + " " + begun.severity();
    }
}
