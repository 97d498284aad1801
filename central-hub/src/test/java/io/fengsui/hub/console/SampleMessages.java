package io.fengsui.hub.console;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.DeliveryTable;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.NoticeKind;
import io.fengsui.hub.notify.SendReason;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.store.rows.DeliveryRows;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An outbox as a night leaves it: one message of each state, and one that tells of many tickets. */
final class SampleMessages {
    static final String FIRST = "20261121-0001";
    static final String SECOND = "20261121-0002";
    static final String EVIL = "<img src=x onerror=\"window.struck=1\">";

    private SampleMessages() {}

    static void lay(TestHub hub, Instant now) {
        DeliveryRows rows = new DeliveryRows(hub.database.writer());
        Duration minute = Duration.ofMinutes(1);
        hub.write(town -> {
            rows.write(List.of(
                    message(
                            "night",
                            now.minus(minute),
                            SendReason.QUIET_HOURS,
                            0,
                            run(Delivery.State.WAITING, 0, now.plus(minute.multipliedBy(300))),
                            SECOND),
                    message(
                            "again",
                            now.minus(minute.multipliedBy(2)),
                            SendReason.NOW,
                            0,
                            run(Delivery.State.WAITING, 2, now.plus(minute.multipliedBy(5))),
                            SECOND),
                    message(
                            "there",
                            now.minus(minute.multipliedBy(3)),
                            SendReason.NOW,
                            0,
                            run(Delivery.State.DELIVERED, 1, null),
                            FIRST),
                    message(
                            "lost",
                            now.minus(minute.multipliedBy(4)),
                            SendReason.NOW,
                            0,
                            run(Delivery.State.DEAD, 7, null),
                            FIRST),
                    message(
                            "digest",
                            now.minus(minute.multipliedBy(700)),
                            SendReason.LIMIT,
                            4,
                            run(Delivery.State.DELIVERED, 1, null),
                            SECOND,
                            SECOND,
                            SECOND,
                            SECOND,
                            FIRST)));
            rows.log(List.of(
                    tried("again", 1, now, TryOutcome.FAILED, "status 503"),
                    tried("again", 2, now, TryOutcome.FAILED, "status 500 " + EVIL),
                    tried("there", 1, now, TryOutcome.DELIVERED, "status 204"),
                    tried("digest", 1, now, TryOutcome.DELIVERED, "taken by mail.jincheng.example")));
            rows.log(IntStream.rangeClosed(1, 7)
                    .mapToObj(number -> tried("lost", number, now, TryOutcome.FAILED, "ConnectException: refused"))
                    .toList());
        });
    }

    private static Delivery.Run run(Delivery.State state, int tries, @Nullable Instant next) {
        return new Delivery.Run(state, tries, Math.min(tries, 6), next);
    }

    private static Delivery message(
            String id, Instant made, SendReason reason, int omitted, Delivery.Run run, String... tickets) {
        List<Notice> notices = Arrays.stream(tickets)
                .map(ticket -> new Notice(
                        NoticeKind.OPENED,
                        ticket,
                        1,
                        made,
                        new Name(
                                "新工单 " + ticket + ":禁区有人逗留 " + EVIL,
                                "new ticket " + ticket + ": person in a forbidden zone " + EVIL),
                        new Notice.About(
                                new Name("禁区有人逗留", "person in a forbidden zone"),
                                "safety.intrusion",
                                Severity.MAJOR,
                                new Notice.Stand("reported", new Name("上报", "reported"), "", false),
                                "140525-003-07",
                                new Name("任庄水库", "reservoir"),
                                made)))
                .toList();
        return new Delivery(
                id,
                new Delivery.Address(
                        id.equals("digest") ? "unit-fire" : "command-centre",
                        id.equals("digest") ? "mail" : "hook",
                        "*"),
                notices,
                omitted,
                new Delivery.Plan(made, made, reason),
                run);
    }

    private static DeliveryTable.Tried tried(String id, int number, Instant at, TryOutcome outcome, String detail) {
        return new DeliveryTable.Tried(id, number, at, Duration.ofMillis(41), outcome, detail);
    }
}
