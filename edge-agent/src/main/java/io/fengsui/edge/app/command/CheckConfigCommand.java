package io.fengsui.edge.app.command;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.AgentSettings.Field;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.settings.Problems;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            warnOfSharedSilence(settings.get().field());
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

    /** The broker gives each message to one box of a group, whichever: how long this one heard nothing says little of the sensor. */
    private void warnOfSharedSilence(Field field) {
        Map<String, String> groups = field.brokers().stream()
                .filter(broker -> !broker.shareGroup().isEmpty())
                .collect(Collectors.toMap(BrokerSettings::name, BrokerSettings::shareGroup));
        for (int i = 0; i < field.sensors().size(); i++) {
            SensorSettings sensor = field.sensors().get(i);
            String group = groups.get(sensor.broker());
            if (group != null && sensor.silentAfter().isPositive()) {
                spec.commandLine()
                        .getOut()
                        .println("warning: " + config.file() + ": sensors[" + i
                                + "].silent-after: this box gets a part of"
                                + " the messages of sensor '" + sensor.id() + "', since its broker '" + sensor.broker()
                                + "' has the share-group '" + group + "': to hear nothing for "
                                + sensor.silentAfter().toSeconds() + " s does not mean that it is silent; write 0s,"
                                + " or give the sensor to one box, over a broker without share-group");
            }
        }
    }
}
