package io.fengsui.hub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept along a line decides as all of the last day's messages would, copied and looked through for each. */
class SentLogTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");

    private static Contact.Manners manners(String name) {
        QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), Severity.CRITICAL);
        Contact.Grouping group = new Contact.Grouping(List.of(), Duration.ofSeconds(30), Duration.ofMinutes(5));
        return switch (name) {
            case "none" -> new Contact.Manners(null, null, Contact.Grouping.NONE);
            case "limit" ->
                new Contact.Manners(null, new Contact.Ration(20, Duration.ofHours(1)), Contact.Grouping.NONE);
            case "group" -> new Contact.Manners(null, null, group);
            case "all" -> new Contact.Manners(night, new Contact.Ration(20, Duration.ofHours(1)), group);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** As it was decided before: by a list made anew for each message. */
    private static List<DeliveryTable.Sent> recent(List<DeliveryTable.Sent> all, Instant now) {
        Instant since = now.minus(DeliveryTable.LOOK_BACK);
        List<DeliveryTable.Sent> recent =
                all.stream().filter(one -> one.due().isAfter(since)).toList();
        int most = DeliveryTable.MOST_SENT;
        return recent.size() <= most ? recent : recent.subList(recent.size() - most, recent.size());
    }

    @ParameterizedTest
    @CsvSource({"none, 1", "none, 60", "limit, 30", "group, 30", "all, 60", "all, 600"})
    void decidesAsAllOfTheLastDayWould(String name, int seconds) {
        Random random = new Random(seconds);
        Contact.Manners usual = manners(name);
        SentLog log = new SentLog(List.of());
        List<DeliveryTable.Sent> all = new ArrayList<>();
        Instant now = BEGIN;
        for (int i = 0; i < 3_000; i++) {
            now = now.plusMillis(random.nextInt(2 * seconds * 1000));
            // A storm's digest waits along the same line.
            Contact.Manners manners = random.nextInt(20) == 0 ? usual.ofStorm() : usual;
            String group = "group-" + random.nextInt(3);
            Severity severity = random.nextInt(5) == 0 ? Severity.CRITICAL : Severity.MINOR;
            all = new ArrayList<>(recent(all, now));
            SendDecider.Decision decision =
                    SendDecider.decide(manners, log.mattering(manners, now), group, severity, now, ZONE);
            assertThat(decision)
                    .as("message " + i)
                    .isEqualTo(SendDecider.decide(manners, all, group, severity, now, ZONE));
            if (decision.join() == null) {
                DeliveryTable.Sent sent = new DeliveryTable.Sent("message-" + i, decision.group(), decision.due());
                log.add(sent);
                all.add(sent);
            }
        }
    }
}
