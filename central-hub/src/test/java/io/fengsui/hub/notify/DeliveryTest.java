package io.fengsui.hub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.send.DeliveryForm;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A message goes up the ladder of pauses and ends as delivered or dead. */
class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    static Delivery planned(String id) {
        Notice notice = new Notice(
                NoticeKind.OPENED,
                "20261121-0001",
                1,
                NOW,
                new Name("新工单", "new ticket"),
                new Notice.About(
                        new Name("烟", "smoke"),
                        "fire.smoke",
                        Severity.MAJOR,
                        new Notice.Stand("reported", new Name("已上报", "reported"), "", false),
                        "g1",
                        Name.NONE,
                        NOW));
        return Delivery.planned(
                id, new Delivery.Address("c", "hook", ""), notice, new Delivery.Plan(NOW, NOW, SendReason.NOW));
    }

    @Test
    void isTriedAgainFromHalfAMinuteToADayAndThenGivenUp() {
        Delivery delivery = planned("a");
        Instant now = NOW;
        for (Duration pause : RetryLadder.PAUSES) {
            delivery = delivery.tried(TryOutcome.FAILED, now);
            Instant next = Objects.requireNonNull(delivery.run().next());
            assertThat(next)
                    .isBetween(now.plus(pause), now.plus(pause.multipliedBy(11).dividedBy(10)));
            now = next;
        }
        Delivery last = delivery.tried(TryOutcome.FAILED, now);
        assertThat(last.run()).isEqualTo(new Delivery.Run(Delivery.State.DEAD, 7, 6, null));
        Delivery again = last.again(now);
        assertThat(again.run()).isEqualTo(new Delivery.Run(Delivery.State.WAITING, 7, 0, now));
        assertThat(again.tried(TryOutcome.DELIVERED, now).run().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(planned("a").tried(TryOutcome.REFUSED, now).run().state()).isEqualTo(Delivery.State.DEAD);
    }

    @Test
    void readsWhatItWroteAndCountsWhatIsTooMuch() {
        Delivery delivery = planned("a");
        String written = DeliveryForm.write(delivery.notices());
        assertThat(DeliveryForm.read(written)).isEqualTo(delivery.notices());
        // As an earlier version wrote it: the time of the notice stands for that of the opening, the same here.
        assertThat(DeliveryForm.read(written.replaceAll(",\"openedAt\":\"[^\"]*\"", "")))
                .isEqualTo(delivery.notices());
        Delivery full = delivery;
        int most = 7;
        for (int i = 0; i < most + 4; i++) {
            full = full.with(delivery.notices().getFirst(), most);
        }
        assertThat(full.notices()).hasSize(most);
        assertThat(full.omitted()).isEqualTo(5);
    }

    /** A camera that was called {unit} had the unit's name in its messages. */
    @Test
    void takesBracesInWordsForText() {
        assertThat(Template.fill(
                        "工单 {ticket}:{title} {none} {", Map.of("ticket", "1", "title", "{unit} {ticket} $1 \\")))
                .isEqualTo("工单 1:{unit} {ticket} $1 \\ {none} {");
    }

    @Test
    void hasATextInBothLanguagesForEveryKind() {
        assertThat(List.of(NoticeKind.values())).allSatisfy(kind -> {
            assertThat(kind.text().zh())
                    .contains("{ticket}")
                    .isNotEqualTo(kind.text().en());
            assertThat(kind.text().en()).contains("{ticket}");
            assertThat(Template.unknown(kind, kind.text().zh() + kind.text().en()))
                    .isEmpty();
        });
    }
}
