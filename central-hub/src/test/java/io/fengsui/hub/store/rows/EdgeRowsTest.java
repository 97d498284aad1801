package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.SourceInfo;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of edges that are kept say what the database says, whatever becomes of a transaction. */
class EdgeRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private HubDatabase database;
    private EdgeRows rows;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        rows = new EdgeRows(database.writer(), true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Edge edge(String site) {
        Hello.Identity identity = new Hello.Identity("e", site, new Name(site, site), "epoch", "boot", "f");
        return new Edge(identity, new Edge.Version("1", 1, ""), NOW, NOW, Duration.ZERO, true, null, null);
    }

    private static Map<String, Hello.Inventory> sensor(String id, String name) {
        SensorInfo sensor = new SensorInfo(id, new Name(name, name), Place.UNKNOWN, "", "smoke");
        return Map.of("e", new Hello.Inventory(List.of(), List.of(sensor), List.of()));
    }

    private @Nullable String site() {
        Edge known = rows.find("e");
        return known == null ? null : known.site();
    }

    private @Nullable String name(String sensor) {
        SourceInfo known = rows.source("e", Source.sensor(sensor));
        return known == null ? null : known.name().zh();
    }

    @Test
    void whatIsWrittenIsFoundAlsoWhereThereWasNothingBefore() {
        database.writer().begin();
        assertThat(site()).isNull();
        assertThat(name("s")).isNull();
        rows.write(List.of(edge("a")));
        rows.writeInventories(sensor("s", "one"));
        assertThat(site()).isEqualTo("a");
        assertThat(name("s")).isEqualTo("one");
        database.writer().commit();

        database.writer().begin();
        rows.write(List.of(edge("b")));
        rows.writeInventories(sensor("s", "two"));
        assertThat(site()).isEqualTo("b");
        assertThat(name("s")).isEqualTo("two");
        rows.writeInventories(sensor("t", "three"));
        assertThat(name("s")).isNull();
        assertThat(name("t")).isEqualTo("three");
        database.writer().commit();
    }

    @Test
    void whatWasReadInATransactionThatWasRolledBackIsForgotten() {
        database.writer().begin();
        rows.write(List.of(edge("a")));
        rows.writeInventories(sensor("s", "one"));
        database.writer().commit();

        database.writer().begin();
        rows.write(List.of(edge("b")));
        rows.writeInventories(sensor("s", "two"));
        assertThat(site()).isEqualTo("b");
        assertThat(name("s")).isEqualTo("two");
        database.writer().discard();

        assertThat(site()).isEqualTo("a");
        assertThat(name("s")).isEqualTo("one");
    }

    @Test
    void whereOthersWriteNothingIsKept() {
        EdgeRows shared = new EdgeRows(database.writer(), false);
        database.writer().begin();
        rows.write(List.of(edge("a")));
        database.writer().commit();
        assertThat(Objects.requireNonNull(shared.find("e")).site()).isEqualTo("a");
        database.writer().begin();
        rows.write(List.of(edge("b")));
        database.writer().commit();
        assertThat(Objects.requireNonNull(shared.find("e")).site()).isEqualTo("b");
    }

    @Test
    void rowsThatAreKeptAreNotAskedForAgain() {
        database.writer().begin();
        rows.write(List.of(edge("a")));
        database.writer().commit();
        assertThat(site()).isEqualTo("a");
        database.writer().handle().execute("UPDATE edge SET site = 'nobody does this'");
        assertThat(site()).isEqualTo("a");
    }
}
