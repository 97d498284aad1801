package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A spool in a folder of its own, by a clock that stands still. */
public class TestingSpool {
    @TempDir
    protected Path directory;

    protected final ManualTimeSource time = new ManualTimeSource(NOON);
    protected Spool spool;

    @BeforeEach
    protected void open() {
        spool = Spool.open(SpoolSettings.in(directory), time);
    }

    @AfterEach
    protected void close() {
        spool.close();
    }

    protected void reopen(SpoolSettings settings) {
        spool.close();
        spool = Spool.open(settings, time);
    }

    protected List<LaneRecord> read(Lane lane, long from) {
        try (SpoolReader reader = spool.newReader()) {
            return reader.records(lane, from, 10_000, 1 << 24);
        }
    }

    protected void put(Event... events) {
        assertThat(spool.append(slot(events))).isTrue();
        assertThat(spool.commit()).isTrue();
    }

    protected void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    protected long number(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"))) {
            return SpoolSchema.number(connection, query);
        }
    }
}
