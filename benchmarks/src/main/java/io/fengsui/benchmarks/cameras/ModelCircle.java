package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One detector after the other is taken into use on the running agent. */
final class ModelCircle implements Unrest.Disturbance {
    private final Site site;
    private final List<String> models;

    /** @param models names of packages among the site's */
    ModelCircle(Site site, List<String> models) {
        this.site = site;
        this.models = List.copyOf(models);
    }

    @Override
    public Unrest.Strike strike(FengsuiContender agent, int number) throws IOException, InterruptedException {
        String model = models.get((number + 1) % models.size());
        List<String> command = new ArrayList<>(site.command("edge-agent"));
        command.addAll(List.of("model", "use", model, "--config=" + agent.config()));
        Path said = site.work().resolve("swap.log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start()
                .waitFor();
        return status == 0 ? new Unrest.Strike("to-" + model, true) : new Unrest.Strike("refused-" + model, false);
    }

    @Override
    public Duration pause(int number) {
        return Duration.ofSeconds(1);
    }
}
