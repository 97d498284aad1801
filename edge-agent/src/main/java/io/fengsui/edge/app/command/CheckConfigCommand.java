package io.fengsui.edge.app.command;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.settings.Problems;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent check-config}. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Says everything that is wrong with the configuration, and what to write instead.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        Optional<AgentSettings> settings = config.store().read(problems);
        if (problems.isEmpty() && settings.isPresent()) {
            spec.commandLine().getOut().println(config.file() + " is good");
            warnOfHolidays(settings.get());
            return 0;
        }
        spec.commandLine().getErr().println(problems);
        return 2;
    }

    /** Each year's holidays are announced in the autumn before: whoever forgets the file is told in time. */
    private void warnOfHolidays(AgentSettings settings) {
        LocalDate today = LocalDate.now(settings.identity().timeZone());
        IntStream.of(today.getYear(), today.plusDays(45).getYear())
                .distinct()
                .filter(settings.decisions()::misses)
                .forEach(year -> spec.commandLine()
                        .getOut()
                        .println("warning: hours of rules hang on working days, and the holidays of " + year
                                + " are not known: only its weekends count; add calendar/" + year
                                + ".yaml to calendar.years once the State Council has announced them"));
    }
}
