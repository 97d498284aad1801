package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.ticket.workflow.Role;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ticket goes to another unit: those of the old one hear that it left, and no more; the others nothing of that. */
class LeftStreamTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final String TICKET = "20261121-0001";
    private static final String LEFT = "left {\"id\":\"" + TICKET + "\"}";
    private static final SampleScenes.Scene SCENE = SampleScenes.ALL.get(0);

    private TestHub hub;
    private String own = "";
    private String elsewhere = "";

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        own = SCENE.spot().grid().substring(0, 6);
        elsewhere = own.equals("140525") ? "140502" : "140525";
        hub.write(town -> town.ticket(1, SCENE, "filed", OPENED));
        given("water-1", "");
        await().until(() -> {
            ChangeFeed.Joined joined = hub.console.feed().join(null, Reach.EVERYWHERE);
            return joined.position().of(0) == hub.queries.changes().end(0);
        });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    /** As the desk of tickets does. */
    private void given(String unit, String before) {
        hub.write(town -> {
            hub.database.writer().handle().execute("UPDATE ticket SET unit = ?", unit);
            if (!before.isEmpty()) {
                town.change("left", TICKET + " " + before, "changed", 1);
            }
            town.change("ticket", TICKET, "changed", 1);
        });
    }

    /** Something that everybody sees, so that what comes before it is all. */
    private void last() {
        hub.write(town -> {
            hub.database.writer().handle().execute("UPDATE ticket SET unit = 'water-1'");
            town.change("ticket", TICKET, "changed", 1);
        });
    }

    private StreamReader reader(String position, String name, String unit, String... areas) throws Exception {
        StreamReader reader = new StreamReader(
                hub.port(), position, hub.signedIn(name, unit.isEmpty() ? Role.DISPATCHER : Role.UNIT, unit, areas));
        assertThat(reader.next().event()).isEqualTo("hello");
        return reader;
    }

    private static String next(StreamReader reader) throws Exception {
        StreamReader.Told told = reader.next();
        return told.event() + " " + (told.event().equals("left") ? told.data() : "");
    }

    @Test
    void thoseOfTheOldUnitHearItsIdAndNothingMore() throws Exception {
        try (StreamReader old = reader("", "wang", "water-1");
                StreamReader here = reader("", "here", "water-1", own);
                StreamReader there = reader("", "there", "water-1", elsewhere);
                StreamReader other = reader("", "zhao", "fire");
                StreamReader all = reader("", "chief", "")) {
            given("fire", "water-1");
            assertThat(next(old)).isEqualTo(LEFT);
            assertThat(next(here)).isEqualTo(LEFT);
            assertThat(next(other)).isEqualTo("ticket ");
            assertThat(next(all)).isEqualTo("ticket ");
            given("gas", "fire");
            assertThat(next(other)).isEqualTo(LEFT);
            assertThat(next(all)).isEqualTo("ticket ");
            last();
            assertThat(next(old)).as("nothing of what became of it meanwhile").isEqualTo("ticket ");
            assertThat(next(here)).isEqualTo("ticket ");
            hub.write(town -> {
                hub.database.writer().handle().execute("UPDATE ticket SET grid = ?", elsewhere + "001001");
                town.change("ticket", TICKET, "changed", 1);
            });
            assertThat(next(there)).as("it never was theirs").isEqualTo("ticket ");
        }
    }

    @Test
    void whoWasAwayMeanwhileHearsItWhenTheyComeBackAndNotIfItCameBackToo() throws Exception {
        String position;
        try (StreamReader old = reader("", "wang", "water-1")) {
            hub.write(town -> town.change("ticket", TICKET, "changed", 1));
            position = old.next().id();
        }
        given("fire", "water-1");
        try (StreamReader old = reader(position, "wang", "water-1")) {
            assertThat(next(old)).isEqualTo(LEFT);
        }
        given("water-1", "fire");
        try (StreamReader old = reader(position, "wang", "water-1")) {
            assertThat(next(old)).isEqualTo("ticket ");
        }
    }
}
