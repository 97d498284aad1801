package io.fengsui.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.systemtests.site.Pages;
import io.fengsui.systemtests.site.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub's process that is killed again and again around the moments at which deadlines fall due, and is away for longer than
 * some of them: each warning and each deadline is one fact and one message, those that were missed in their order.
 */
@Tag("slow")
class DeadlineKillsTest {
    /** Of each kind. */
    private static final int TICKETS = 12;
    /** What a deadline tells: at half, at four fifths, at its end. */
    private static final int TOLD = 3;

    private static final int SMOKE_SECONDS = 50;
    private static final int FLAME_SECONDS = 85;
    /** Told so long after it fell due is late. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final Random random = new Random(20_261_123);
    private final Set<String> received = ConcurrentHashMap.newKeySet();

    /** No hub was there, from after its end to before its start. */
    private record Outage(Instant from, Instant to) {
        /** What fell due then can only have been told late, however fast the machine is. */
        boolean makesLate(Told told) {
            return told.due().isAfter(from) && told.due().plus(LATE).isBefore(to);
        }
    }

    /** A fact as it stands in the table, in the order in which they were written. */
    private record Told(String ticket, int percent, Instant due, Instant at, boolean isLate) {}

    @Test
    void eachDeadlineIsOneFactAndOneMessageHoweverOftenTheHubIsKilled(@TempDir Path folder) throws Exception {
        HttpServer receiver = receiver();
        try (Site site = new Site(folder, Site.Tokens.NONE)) {
            configure(site, receiver.getAddress().getPort());
            site.startHub();
            Instant begun = Instant.now();
            for (int i = 0; i < TICKETS; i++) {
                report(site, "fire.smoke", i);
                report(site, "fire.flame", i);
            }
            assertThat(site.awaitTickets("fire.smoke", TICKETS)).hasSize(TICKETS);
            assertThat(site.awaitTickets("fire.flame", TICKETS)).hasSize(TICKETS);
            Instant opened = Instant.now();
            sleepUntil(begun.plusSeconds(SMOKE_SECONDS / 2 - 2));
            // Over all that the one kind tells and the first of the other.
            while (Instant.now().isBefore(begun.plusSeconds(SMOKE_SECONDS + 8))) {
                killAndStart(site, Instant.MIN);
            }
            sleepUntil(begun.plusSeconds(FLAME_SECONDS - 3));
            Outage outage = killAndStart(
                    site, opened.plusSeconds(FLAME_SECONDS).plus(LATE).plusSeconds(3));
            killAndStart(site, Instant.MIN);

            int expected = TOLD * 2 * TICKETS;
            await().atMost(Duration.ofSeconds(90)).until(() -> received.size() >= expected);
            assertThat(site.hubPages().items("/api/v1/deliveries?limit=200")).hasSize(expected);
            assertThat(received)
                    .containsExactlyInAnyOrderElementsOf(site.hubPages().items("/api/v1/deliveries?limit=200").stream()
                            .map(message -> message.path("id").asText())
                            .toList());
            site.hub().terminate();
            site.hub().awaitEnd(30);
            assertToldOnceAndInOrder(told(folder.resolve("hub-data").resolve("hub.db")), outage);
        } finally {
            receiver.stop(0);
        }
    }

    private static void assertToldOnceAndInOrder(List<Told> told, Outage outage) {
        assertThat(told)
                .extracting(one -> one.ticket() + " " + one.percent())
                .hasSize(TOLD * 2 * TICKETS)
                .doesNotHaveDuplicates();
        assertThat(told)
                .allSatisfy(one -> assertThat(one.at()).isAfterOrEqualTo(one.due()))
                .allSatisfy(one -> assertThat(one.isLate())
                        .isEqualTo(Duration.between(one.due(), one.at()).compareTo(LATE) > 0));
        assertThat(told.stream().filter(outage::makesLate))
                .as("those that passed while nobody was there")
                .allMatch(Told::isLate);
        assertThat(told.stream().filter(outage::makesLate).filter(one -> one.percent() == 100))
                .as("the ends among them, in their order")
                .isSortedAccordingTo((one, other) -> one.due().compareTo(other.due()));
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            JsonNode message = Pages.json(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            received.add(message.path("id").asText());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void configure(Site site, int receiver) throws IOException {
        Files.writeString(site.folder().resolve("deadlines.yaml"), """
                warn-at: [50, 80]
                rules:
                  - {kinds: [fire.smoke], states: {reported: %ds}}
                  - {kinds: [fire.flame], states: {reported: %ds}}
                """.formatted(SMOKE_SECONDS, FLAME_SECONDS));
        Files.writeString(site.folder().resolve("notifications.yaml"), """
                channels: [{id: hook, webhook: {url: "http://127.0.0.1:%d/"}}]
                contacts: [{id: centre, channels: [hook], on: [deadline-near, deadline-passed]}]
                """.formatted(receiver));
        Files.writeString(
                site.hubFile(),
                Files.readString(site.hubFile())
                        .replace(
                                "tickets: {",
                                "tickets: {deadlines: deadlines.yaml, notifications: notifications.yaml, "));
    }

    private static void report(Site site, String kind, int number) throws Exception {
        String body = """
                {"kind": "%s", "severity": "major", "text": "%d"}""".formatted(kind, number);
        assertThat(site.hubPages().post("/api/v1/reports", body, "*").statusCode())
                .isEqualTo(202);
    }

    /** At any moment of what it does, also of its start. */
    private Outage killAndStart(Site site, Instant awayUntil) throws Exception {
        site.hub().kill();
        Instant from = Instant.now();
        sleepUntil(awayUntil);
        Outage outage = new Outage(from, Instant.now());
        site.startHub();
        Thread.sleep(random.nextInt(1_500));
        return outage;
    }

    private static void sleepUntil(Instant moment) throws InterruptedException {
        Instant now = Instant.now();
        if (moment.isAfter(now)) {
            Thread.sleep(Duration.between(now, moment).toMillis());
        }
    }

    private static List<Told> told(Path database) throws SQLException, IOException {
        List<Told> told = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT ticket_id, at, detail FROM ticket_fact WHERE kind LIKE 'deadline-%' ORDER BY rowid")) {
            while (rows.next()) {
                JsonNode detail = Pages.json(rows.getString("detail"));
                told.add(new Told(
                        rows.getString("ticket_id"),
                        Integer.parseInt(detail.path("percent").asText()),
                        Instant.parse(detail.path("due").asText()),
                        Instant.ofEpochMilli(rows.getLong("at")),
                        detail.path("late").asText().equals("true")));
            }
        }
        return told;
    }
}
