package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.console.StreamReader;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A dispatcher gives a ticket to another unit, in a real hub: the old unit's browsers are told that it left. */
class HubLeftTest extends ToldTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "晋城-beacon-17";

    @Override
    HubSettings settings(Path data) {
        return TestTown.settings(data, null, null, Secret.of(TOKEN));
    }

    @Test
    void theOldUnitHearsThatItLeftAndTheNewOneOfTheTicket() throws Exception {
        Files.writeString(folder.resolve("units.yaml"), """
                units:
                  - {id: fire-1, name: {zh: 一队}, answers: [{kinds: [fire.*]}]}
                  - {id: fire-2, name: {zh: 二队}, answers: [{kinds: [gas.*]}]}
                """);
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened]}", "units: units.yaml");
                WrittenRoutes routes = new WrittenRoutes("http://127.0.0.1:" + day.town.hub.port(), TOKEN)) {
            day.at("08:00").event("fire.smoke", "smoke").until("08:01");
            try (StreamReader old = reader(day, routes, "wang", "fire-1");
                    StreamReader other = reader(day, routes, "zhao", "fire-2")) {
                day.at("08:10")
                        .step("smoke", "assign", new OperatorCommand.Details("dispatcher", "fire-2", "", null))
                        .until("08:11");
                StreamReader.Told left = old.next();
                while (!left.event().equals("left")) {
                    left = old.next();
                }
                assertThat(left.data()).isEqualTo("{\"id\":\"" + day.ticket("smoke") + "\"}");
                StreamReader.Told ticket = other.next();
                while (!ticket.event().equals("ticket")) {
                    ticket = other.next();
                }
                assertThat(ticket.data()).contains(day.ticket("smoke"), "fire-2");
            }
            day.at("08:20").step("smoke", "accept").until("08:21");
            assertThat(day.town.count("SELECT COUNT(*) FROM change WHERE entity = 'left'"))
                    .as("once, when it left")
                    .isOne();
        }
    }

    private static StreamReader reader(Timeline day, WrittenRoutes routes, String name, String unit) throws Exception {
        routes.ask(
                "POST",
                "/api/v1/users",
                "{\"name\": \"%s\", \"role\": \"unit\", \"unit\": \"%s\", \"password\": \"%s\"}"
                        .formatted(name, unit, PASSWORD),
                "201");
        StreamReader reader = new StreamReader(day.town.hub.port(), "", routes.session(name, PASSWORD));
        assertThat(reader.next().event()).isEqualTo("hello");
        return reader;
    }
}
