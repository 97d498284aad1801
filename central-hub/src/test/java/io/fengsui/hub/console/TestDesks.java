package io.fengsui.hub.console;

import io.fengsui.hub.access.AccessDesk;
import io.fengsui.hub.evidence.mark.MarkDesk;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.notify.Contact;
import io.fengsui.hub.notify.DeliveryDesk;
import io.fengsui.hub.notify.NoticeKind;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.notify.repeat.RepeatWatch;
import io.fengsui.hub.notify.silence.SilenceDesk;
import io.fengsui.hub.shard.ShardMap;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.store.access.AccessRows;
import io.fengsui.hub.store.rows.DeliveryRows;
import io.fengsui.hub.store.rows.MarkRows;
import io.fengsui.hub.store.rows.SilenceRows;
import io.fengsui.hub.store.rows.TimerRows;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.workflow.Workflows;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hub's own desks that people's tasks come to: accounts, marks, silences, the outbox. */
final class TestDesks {
    /** Told again of what is not done. */
    static final Contact CENTRE = new Contact(
            "command-centre",
            new Contact.Wants(List.of(), Set.of(NoticeKind.OPENED), List.of(), Severity.INFO, List.of()),
            List.of("hook"),
            new Contact.Manners(
                    null,
                    null,
                    new Contact.Grouping(List.of(), Duration.ZERO, Duration.ZERO, Duration.ofHours(4)),
                    Contact.Digest.DEFAULT),
            null);

    private TestDesks() {}

    static List<Stage> of(WriterSession writer, AreaBook areas) {
        AccessRows access = new AccessRows(writer);
        SilenceDesk silences = new SilenceDesk(new SilenceRows(writer), areas);
        DeliveryDesk.Terms terms = new DeliveryDesk.Terms(
                new NotifyPolicy(List.of(), List.of(CENTRE), Map.of()),
                new TicketDesk.Rules(
                        new TicketPolicy(List.of()), new Workflows(Map.of()), new Router(areas, List.of())),
                ZoneId.of("Asia/Shanghai"),
                silences);
        return List.of(
                new AccessDesk(new AccessDesk.Tables(access, access, access, access)),
                new MarkDesk(new MarkRows(writer)),
                silences,
                new DeliveryDesk(
                        new DeliveryRows(writer), terms, new RepeatWatch.Book(new TimerRows(writer, ShardMap.FIRST))));
    }
}
