package io.fengsui.hub.correlate.handed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.correlate.gather.GatherReason;
import io.fengsui.hub.correlate.gather.Gathered;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.ChangeLog;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.hub.store.rows.EdgeRows;
import io.fengsui.hub.store.rows.EventRows;
import io.fengsui.hub.store.rows.IncidentRows;
import io.fengsui.hub.store.rows.StandingRows;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one writer hands over is what the other one is told, with the ticket that only that one knows. */
class HandingOverTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00.123456Z");
    private static final EventKind FIRE = new EventKind("fire.smoke");
    private static final EventKind OTHER = new EventKind("flow.count");

    private final SplittableRandom random = new SplittableRandom(3);
    private final HandedOffsets offsets = new HandedOffsets(edge -> Duration.ZERO);
    private final HandingOver handing = new HandingOver(FIRE::equals, edge -> Duration.ofMillis(1_234));
    private final Told told = new Told();

    @TempDir
    private Path folder;

    private HubDatabase database;
    private EventRows events;
    private IncidentRows incidents;
    private TakingOver taking;

    @BeforeEach
    void open() {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        WriterSession writer = database.writer();
        events = new EventRows(writer, true);
        incidents = new IncidentRows(writer, true);
        taking = new TakingOver(
                new TakingOver.Tables(
                        events, new IncidentRows(writer, false), new EdgeRows(writer, false), new StandingRows(writer)),
                told,
                offsets);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tellsTheSameOnTheOtherSideAndKeepsTheTicket() {
        EventState first = state(FIRE, "i1");
        Incident incident = incident("i1", FIRE);
        Correlation news = new Correlation(CorrelateReason.NEW_INCIDENT, first, incident, null);
        assertThat(pass(news)).isEqualTo(Incident.ELSEWHERE);
        Correlation heard = told.heard.getFirst();
        assertThat(heard.reason()).isEqualTo(news.reason());
        assertThat(heard.event().event()).isEqualTo(first.event());
        assertThat(heard.event().times()).isEqualTo(first.times());
        assertThat(heard.event().incident()).isEqualTo("i1");
        assertThat(heard.incident()).isEqualTo(incident);
        assertThat(heard.was()).isNull();
        assertThat(told.offsets).containsExactly(Duration.ofMillis(1_234));
        assertThat(told.heardAt).containsExactly(NOW);
        assertThat(Objects.requireNonNull(incidents.find("i1")).ticket()).isEqualTo("T-1");

        pass(new Correlation(CorrelateReason.REVISED, first, incident, incident));
        Correlation second = told.heard.getLast();
        assertThat(second.incident().ticket()).isEqualTo("T-1");
        assertThat(second.was()).isNotNull();
    }

    @Test
    void handsOverWhatMakesNoTicketOnlyWhenATicketMayStandForItsIncident() {
        Incident incident = incident("i2", OTHER);
        EventState event = state(OTHER, "i2");
        assertThat(pass(new Correlation(CorrelateReason.NEW_INCIDENT, event, incident, null)))
                .isNull();
        assertThat(told.heard).isEmpty();
        Incident marked = incident.withTicket(Incident.ELSEWHERE);
        assertThat(pass(new Correlation(CorrelateReason.JOINED_OPEN, event, marked, marked)))
                .isEqualTo(Incident.ELSEWHERE);
        assertThat(told.heard).hasSize(1);
        assertThat(told.heard.getFirst().incident().ticket()).isNull();
    }

    @Test
    void doesNotDecideAboutAnIncidentThatHasWaitedWhileNewsOfItIsOnItsWay() {
        EventState event = state(FIRE, "i3");
        Incident incident = incident("i3", FIRE);
        Gathered held = new Gathered(
                "i3",
                incident.key(),
                FIRE,
                new Gathered.At("cam-1", "", null),
                new Gathered.Span(NOW, NOW, true),
                event.id(),
                null,
                GatherReason.WAITS_FOR_CAUSE,
                NOW,
                null);
        assertThat(taking.waited(List.of(held))).as("its rows are gone").isEmpty();
        events.write(List.of(event));
        incidents.write(List.of(incident.withTicket(Incident.ELSEWHERE)));
        onItsWay("i3");
        assertThat(taking.waited(List.of(held))).isEmpty();
        database.writer().handle().execute("DELETE FROM handover");
        onItsWay("i4"); // of the same edge
        assertThat(taking.waited(List.of(held))).hasSize(1);
    }

    /** Its writer has committed it, and the writer of tickets has not taken it. */
    private void onItsWay(String incident) {
        database.writer()
                .handle()
                .execute(
                        "INSERT INTO handover (plan, shard, \"offset\", part, edge, incident, at, body)"
                                + " VALUES (1, 1, 1, 0, 'edge-1', ?, 0, x'00')",
                        incident);
    }

    /** What the edge's writer commits is there before the other one takes it. */
    private @Nullable String pass(Correlation correlation) {
        Turn turn = new Turn(NOW, 1, 1, new ChangeLog());
        String answer = handing.onNews(correlation, turn);
        incidents.write(List.of(correlation.incident().withTicket(answer)));
        for (Turn.Handed one : turn.handed()) {
            taking.take(
                    new Input.HandedOver(new Input.From(0, 1, 1, 0), one.edge(), one.bytes()),
                    new Turn(NOW.plus(Duration.ofDays(2)), 0, 1, new ChangeLog()));
            taking.write();
        }
        return answer;
    }

    private EventState state(EventKind kind, String incident) {
        Moment moment = new Moment(NOW.minusSeconds(5), ClockQuality.SYNCED, "boot", 17);
        Event event = new Event(
                EventId.make(NOW, random),
                1,
                Phase.BEGUN,
                kind,
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin("edge-1", "site-1", Source.camera("cam-1", "gate"), "", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ofMinutes(1)),
                Event.Cause.NONE,
                "key",
                Map.of("a", "b"),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
        EventState.Times times = EventState.Times.of(event, Duration.ofMillis(1_234), NOW);
        return new EventState(event, times, incident, false, WireRecords.encode(event));
    }

    private static Incident incident(String id, EventKind kind) {
        return new Incident(
                id,
                new Incident.Key("edge-1", "site-1", "key"),
                kind,
                Severity.MAJOR,
                new Incident.Span(NOW.minusSeconds(9), NOW, null),
                new Incident.Count(2, 1),
                null);
    }

    private final class Told implements IncidentSink {
        private final List<Correlation> heard = new ArrayList<>();
        private final List<Duration> offsets = new ArrayList<>();
        private final List<Instant> heardAt = new ArrayList<>();

        @Override
        public @Nullable String onNews(Correlation correlation, Turn turn) {
            heard.add(correlation);
            heardAt.add(turn.heard());
            offsets.add(HandingOverTest.this.offsets.offset("edge-1"));
            return "T-1";
        }

        @Override
        public @Nullable String onConfirmation(Correlation confirmed, Turn turn) {
            return confirmed.incident().ticket();
        }

        @Override
        public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {}
    }
}
