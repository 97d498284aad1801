package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.notify.send.TestReceiver;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder, a real receiver, and days in towns where somebody is told: the reference's policy, deadlines and nine steps. */
class ToldTest {
    @TempDir
    Path folder;

    TestReceiver receiver;

    /** What another database's test has otherwise. */
    HubSettings settings(Path data) {
        return TestTown.settings(data);
    }

    @BeforeEach
    void open() throws IOException {
        receiver = new TestReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    /**
     * @param contacts YAML of a list; they may name the channel {@code hook}
     * @param more further keys of the group {@code tickets}, and what else there is; files lie in the folder
     */
    Timeline day(String contacts, String more) throws IOException {
        HubSettings plain = settings(folder.resolve("data"));
        Files.writeString(
                folder.resolve("notifications.yaml"), """
                channels:
                  - {id: hook, webhook: {url: "%s", secret-env: SECRET}}
                contacts:
                """.formatted(receiver.uri("/hook")) + contacts.indent(2));
        Path reference = TestTown.REFERENCE.toAbsolutePath().getParent();
        Path file = Files.writeString(folder.resolve("central-hub.yaml"), """
                tickets:
                  policy: %1$s/ticket-policy.yaml
                  workflows: [%1$s/workflows/nine-step.yaml]
                  notifications: notifications.yaml
                """.formatted(reference) + more.indent(2));
        HubConfig.Outcome outcome = HubConfig.check(file, name -> "0123456789abcdef");
        HubSettings read =
                Objects.requireNonNull(outcome.settings(), outcome.problems().toString());
        HubSettings.Tickets tickets = new HubSettings.Tickets(
                read.tickets().policy(),
                plain.tickets().workflows(),
                read.tickets().window(),
                more.contains("deadlines:")
                        ? read.tickets().deadlines()
                        : plain.tickets().deadlines(),
                read.tickets().router(),
                read.tickets().telling(),
                read.tickets().correlation());
        return new Timeline(new TestTown(TestTown.with(plain, tickets)), "2026-11-23");
    }

    static Place at(String grid, double longitude, double latitude) {
        return new Place(Name.NONE, grid, new Place.Position(longitude, latitude));
    }

    static int tickets(Timeline day) {
        return day.town.count("SELECT COUNT(*) FROM ticket");
    }

    /** How often a ladder told somebody. */
    static int escalated(Timeline day, String contact) {
        return day.town.count(
                "SELECT COUNT(*) FROM outbox WHERE contact = '" + contact + "' AND notices LIKE '%\"escalated\"%'");
    }
}
