package io.fengsui.hub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Contact.GroupBy;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a contact is told, and why then. Times are of Shanghai. */
class SendDeciderTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), Severity.CRITICAL);
    private static final QuietHours NOON = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), Severity.CRITICAL);
    private static final Contact.Grouping GROUPED =
            new Contact.Grouping(List.of(GroupBy.KIND), Duration.ofSeconds(30), Duration.ofMinutes(5));

    private static Instant at(String time) {
        return LocalTime.parse(time)
                .atDate(java.time.LocalDate.of(2026, 11, 23))
                .atZone(ZONE)
                .toInstant();
    }

    private static DeliveryTable.Sent sent(String id, String group, String due) {
        return new DeliveryTable.Sent(id, group, at(due));
    }

    private static SendDecider.Decision decide(
            Contact.Manners manners, List<DeliveryTable.Sent> sent, Severity severity, String now) {
        return SendDecider.decide(manners, sent, "fire", severity, at(now), ZONE);
    }

    @ParameterizedTest
    @CsvSource({
        // from the evening on until the morning of the next day
        "night, 21:59, MAJOR, 21:59, NOW",
        "night, 22:00, MAJOR, +07:00, QUIET_HOURS",
        "night, 23:30, CRITICAL, 23:30, TOO_SEVERE_TO_WAIT",
        "night, 06:59, MAJOR, 07:00, QUIET_HOURS",
        "night, 07:00, MAJOR, 07:00, NOW",
        // within one day
        "noon, 11:59, MINOR, 11:59, NOW",
        "noon, 12:00, MINOR, 14:00, QUIET_HOURS",
        "noon, 14:00, MINOR, 14:00, NOW"
    })
    void waitsForTheEndOfQuietHoursUnlessItIsTooSevere(
            String hours, String now, Severity severity, String due, SendReason reason) {
        Contact.Manners manners =
                new Contact.Manners(hours.equals("night") ? NIGHT : NOON, null, Contact.Grouping.NONE);
        SendDecider.Decision decision = decide(manners, List.of(), severity, now);
        Instant expected = due.startsWith("+") ? at(due.substring(1)).plus(Duration.ofDays(1)) : at(due);
        assertThat(decision.due()).isEqualTo(expected);
        assertThat(decision.reason()).isEqualTo(reason);
    }

    @Test
    void letsTheFirstOfAGroupWaitAndTheOthersGoWithIt() {
        Contact.Manners manners = new Contact.Manners(null, null, GROUPED);
        SendDecider.Decision first = decide(manners, List.of(), Severity.MAJOR, "10:00:00");
        assertThat(first.due()).isEqualTo(at("10:00:30"));
        assertThat(first.reason()).isEqualTo(SendReason.GROUP_WAIT);
        List<DeliveryTable.Sent> waiting = List.of(sent("a", "fire", "10:00:30"));
        SendDecider.Decision second = decide(manners, waiting, Severity.MAJOR, "10:00:10");
        assertThat(second.join()).isEqualTo("a");
        SendDecider.Decision later = decide(manners, waiting, Severity.MAJOR, "10:01:00");
        assertThat(later.due()).isEqualTo(at("10:05:30"));
        assertThat(later.reason()).isEqualTo(SendReason.GROUP_INTERVAL);
        SendDecider.Decision muchLater = decide(manners, waiting, Severity.MAJOR, "11:00:00");
        assertThat(muchLater.due()).isEqualTo(at("11:00:30"));
        assertThat(decide(manners, List.of(sent("b", "water", "10:00:30")), Severity.MAJOR, "10:00:10")
                        .join())
                .isNull();
    }

    @Test
    void tellsNoMoreThanWasAskedForAndTheRestAtOnceWhenThereIsRoom() {
        Contact.Manners manners =
                new Contact.Manners(null, new Contact.Ration(2, Duration.ofHours(1)), Contact.Grouping.NONE);
        List<DeliveryTable.Sent> two = List.of(sent("a", "fire", "10:00"), sent("b", "fire", "10:10"));
        SendDecider.Decision third = decide(manners, two, Severity.MAJOR, "10:20");
        assertThat(third.due()).isEqualTo(at("11:00"));
        assertThat(third.reason()).isEqualTo(SendReason.LIMIT);
        assertThat(third.group()).isEqualTo(Delivery.Address.DIGEST);
        List<DeliveryTable.Sent> three = List.of(two.get(0), two.get(1), sent("c", "*", "11:00"));
        assertThat(decide(manners, three, Severity.MAJOR, "10:30").join()).isEqualTo("c");
        assertThat(decide(manners, two, Severity.MAJOR, "11:10").reason()).isEqualTo(SendReason.NOW);
    }

    @Test
    void obeysQuietHoursAndLimitTogether() {
        Contact.Manners manners =
                new Contact.Manners(NOON, new Contact.Ration(1, Duration.ofHours(1)), Contact.Grouping.NONE);
        SendDecider.Decision decision = decide(manners, List.of(sent("a", "fire", "11:30")), Severity.MAJOR, "11:40");
        assertThat(decision.due()).isEqualTo(at("14:00"));
        assertThat(decision.reason()).isEqualTo(SendReason.QUIET_HOURS);
    }

    @Test
    void goesAlongWithWhatGoesNowUnlessQuietHoursHoldItBack() {
        Contact.Manners night =
                new Contact.Manners(NIGHT, new Contact.Ration(1, Duration.ofHours(1)), Contact.Grouping.NONE);
        assertThat(SendDecider.mayGoAlong(night, Severity.MINOR, at("21:59"), ZONE))
                .isTrue();
        assertThat(SendDecider.mayGoAlong(night, Severity.MINOR, at("22:00"), ZONE))
                .isFalse();
        assertThat(SendDecider.mayGoAlong(night, Severity.CRITICAL, at("22:00"), ZONE))
                .isTrue();
        assertThat(SendDecider.mayGoAlong(new Contact.Manners(null, null, GROUPED), Severity.INFO, at("22:00"), ZONE))
                .isTrue();
    }

    /** Overdue reminders after an outage of the hub used up what a contact may be told, and a new fire came with a digest. */
    @Test
    void whatIsNewWaitsForNoReminderButAReminderForWhatIsNew() {
        Contact.Manners manners = new Contact.Manners(null, new Contact.Ration(2, Duration.ofHours(1)), GROUPED);
        String reminders = GroupKey.ofReminder("fire");
        List<DeliveryTable.Sent> reminded = List.of(sent("a", reminders, "09:58"), sent("b", reminders, "09:59"));
        SendDecider.Decision news = decide(manners, reminded, Severity.MAJOR, "10:00");
        assertThat(news.due()).isEqualTo(at("10:00").plusSeconds(30));
        assertThat(news.reason()).isEqualTo(SendReason.GROUP_WAIT);

        List<DeliveryTable.Sent> told = List.of(sent("a", "fire", "09:58"), sent("b", "fire", "09:59"));
        assertThat(SendDecider.decide(manners, told, reminders, Severity.MAJOR, at("10:00"), ZONE)
                        .reason())
                .isEqualTo(SendReason.LIMIT);
    }
}
