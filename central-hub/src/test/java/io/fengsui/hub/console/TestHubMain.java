package io.fengsui.hub.console;

import io.fengsui.hub.access.TokenCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Runs a console with a small town's tickets, for looking at it: {@code TestHubMain PORT TICKETS SECONDS}. */
final class TestHubMain {
    private TestHubMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fengsui-console");
        int tickets = Integer.parseInt(args[1]);
        try (TestHub hub = new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, Integer.parseInt(args[0]))) {
            Instant now = Instant.now();
            hub.write(town -> {
                town.fleet(now);
                for (int i = 0; i < tickets; i++) {
                    Instant opened = now.minusSeconds((long) (tickets - i) * 97 % 90_000 + 7);
                    town.ticket(
                            i + 1, SampleTown.SCENES.get(i % SampleTown.SCENES.size()), SampleTown.state(i), opened);
                }
            });
            System.out.println("ready on " + hub.uri("/"));
            Thread.sleep(Long.parseLong(args[2]) * 1_000);
        }
    }
}
