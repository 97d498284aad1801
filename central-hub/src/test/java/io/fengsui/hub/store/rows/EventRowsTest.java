package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many events are looked up at once, by statements of several sizes. */
class EventRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final SplittableRandom random = new SplittableRandom(3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 16, 17, 64, 65, 80, 130})
    void howeverManyAreLookedUpEachThatIsThereIsFound(int many) {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1)) {
            EventRows rows = new EventRows(database.writer(), false);
            List<EventState> states =
                    IntStream.range(0, many).mapToObj(i -> state()).toList();
            database.writer().begin();
            rows.write(states);
            rows.write(List.of(state()));
            database.writer().commit();

            List<String> asked =
                    new ArrayList<>(states.stream().map(EventState::id).toList());
            assertThat(rows.findAll(asked)).containsOnlyKeys(asked);
            asked.add("there is none");
            Map<String, EventState> found = rows.findAll(asked);
            assertThat(found).hasSize(many);
            assertThat(found.values())
                    .allSatisfy(one -> assertThat(one.incident()).isEqualTo("i0-1"));
        }
    }

    private EventState state() {
        Moment moment = new Moment(NOW, ClockQuality.SYNCED, "boot", 0);
        Event event = new Event(
                EventId.make(NOW, random),
                1,
                Phase.BEGUN,
                new EventKind("fire.smoke"),
                Severity.MAJOR,
                Lane.URGENT,
                new Event.Origin("edge", "site", Source.sensor("s"), "", Place.UNKNOWN),
                new Event.Times(moment, moment, Duration.ZERO),
                Event.Cause.NONE,
                "key",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
        return new EventState(event, new EventState.Times(NOW, NOW, NOW), "i0-1", false, WireRecords.encode(event));
    }
}
