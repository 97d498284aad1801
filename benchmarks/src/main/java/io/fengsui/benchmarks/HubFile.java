package io.fengsui.benchmarks;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.intake.IntakeSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of a hub that a benchmark runs within itself. */
public final class HubFile {
    private HubFile() {}

    /**
     * What the file says of tickets, on a free port of this machine, open to whoever sits at it. No edge is cut off or called
     * silent because the machine is busy with other things.
     */
    public static HubSettings read(Path file, HubSettings.Storage storage) {
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        HubSettings read = outcome.settings();
        if (read == null) {
            throw new IllegalStateException(outcome.problems().toString());
        }
        return new HubSettings(
                new HubSettings.Listen(InetAddress.getLoopbackAddress(), 0, null),
                storage,
                read.zone(),
                new IntakeSettings(Duration.ofSeconds(5), Duration.ofHours(1), IntakeSettings.WINDOW_BYTES, null),
                new HubSettings.Access(null, true),
                read.tickets(),
                List.of(),
                Duration.ofHours(1),
                read.drain());
    }
}
