package io.fengsui.edge.app.command;

import io.fengsui.edge.app.replay.TrialSpots;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ModelProbe;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.trial.RuleTest;
import io.fengsui.rules.trial.RuleTestReader;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge-agent rules}. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Tries the rules of a configuration.",
        subcommands = ReplayCommand.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RulesCommand {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = {
                "Runs rule tests: timelines of readings and detections, and the events that are expected.",
                "Exit status 0 when all hold, 1 when one does not, 2 when a file is wrong."
            })
    int test(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        int failed = 0;
        int held = 0;
        for (Path file : files) {
            Problems problems = new Problems();
            Optional<MapReader> root = SettingsFile.read(file, problems);
            Path settingsFile =
                    root.filter(r -> r.has("config")).map(r -> r.path("config")).orElse(config.file());
            List<RuleTest> tests = root.map(RuleTestReader::read).orElse(List.of());
            root.ifPresent(r -> r.finish(() -> ""));
            // Which model looks does not matter here.
            ConfigurationStore store =
                    new ConfigurationStore(settingsFile, ModelProbe.whatIsKnown(ModelProbe.FULL), System::getenv);
            Optional<AgentSettings> settings = store.read(problems);
            if (!problems.isEmpty() || settings.isEmpty()) {
                spec.commandLine().getErr().println(problems);
                return 2;
            }
            RuleSet rules = RuleSet.compile(
                    settings.get().rules(),
                    settings.get().zones(),
                    settings.get().decisions().modes());
            for (RuleTest test : tests) {
                boolean holds = show(file, test, test.run(rules, TrialSpots.of(settings.get())));
                held += holds ? 1 : 0;
                failed += holds ? 0 : 1;
            }
        }
        spec.commandLine().getOut().println(held + " held, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private boolean show(Path file, RuleTest test, List<String> wrong) {
        PrintWriter out = spec.commandLine().getOut();
        out.println((wrong.isEmpty() ? "ok    " : "FAILED ") + file.getFileName() + ": " + test.name());
        wrong.forEach(line -> out.println("       " + line));
        return wrong.isEmpty();
    }
}
