package io.fengsui.hub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.grid.unit.Router;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is looked up for a preview: the outbox holds a thousand messages for each line. */
class ForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final Matter MATTER =
            new Matter("20261123-0001", new EventKind("fire.smoke"), Severity.MAJOR, "", "g1", "camera-1");

    private static Contact contact(String id, Contact.Manners manners, String... channels) {
        return new Contact(
                id,
                new Contact.Wants(List.of(), Set.of(NoticeKind.DEADLINE_NEAR), List.of(), Severity.INFO, List.of()),
                List.of(channels),
                manners,
                null);
    }

    private static Forecast.Terms terms(Contact... contacts) {
        return new Forecast.Terms(
                new NotifyPolicy(List.of(), List.of(contacts), Map.of()), Router.NONE, ZoneId.of("Asia/Shanghai"));
    }

    private static List<Forecast.Coming> each(Duration... after) {
        return List.of(after).stream()
                .map(one -> new Forecast.Coming(NoticeKind.DEADLINE_NEAR, NOW.plus(one), null))
                .toList();
    }

    @Test
    void asksTheOutboxOnceForEachContactAndChannel() {
        Contact.Manners plain = new Contact.Manners(null, null, Contact.Grouping.NONE);
        List<String> asked = new ArrayList<>();
        Forecast.Past past = (contact, channel, since) -> {
            asked.add(contact + "/" + channel + " " + since);
            return List.of();
        };
        Duration[] hours =
                IntStream.rangeClosed(1, 20).mapToObj(Duration::ofHours).toArray(Duration[]::new);
        Forecast.Terms terms = terms(contact("centre", plain, "hook", "mail"), contact("chief", plain, "hook"));
        assertThat(Forecast.of(MATTER, each(hours), terms, past, at -> null)).hasSize(60);
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "centre/hook 2026-11-22T03:00:00Z",
                        "centre/mail 2026-11-22T03:00:00Z",
                        "chief/hook 2026-11-22T03:00:00Z");
    }

    @Test
    void aLineThatComesLaterCountsNoMessageThatIsTooOldForIt() {
        Contact.Manners limited =
                new Contact.Manners(null, new Contact.Ration(1, Duration.ofDays(2)), Contact.Grouping.NONE);
        DeliveryTable.Sent old = new DeliveryTable.Sent("a", "", NOW.minus(Duration.ofHours(22)));
        Forecast.Past past = (contact, channel, since) -> old.due().isAfter(since) ? List.of(old) : List.of();
        List<Forecast.Line> lines = Forecast.of(
                MATTER,
                each(Duration.ofHours(1), Duration.ofHours(3)),
                terms(contact("centre", limited, "hook")),
                past,
                at -> null);
        assertThat(lines).extracting(Forecast.Line::reason).containsExactly("limit", "now");
    }
}
