package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneSenderTest {
    @TempDir
    Path directory;

    private final AtomicInteger told = new AtomicInteger();
    private Spool spool;
    private PatientReader reader;

    @BeforeEach
    void write() {
        spool = Spool.open(SpoolSettings.in(directory), new ManualTimeSource(TestingEvents.NOON));
        spool.onDamage(told::incrementAndGet);
        for (int i = 0; i < 3; i++) {
            spool.append(TestingEvents.slot(TestingEvents.event(Lane.URGENT, Phase.INSTANT)));
        }
        spool.commit();
        reader = new PatientReader(spool.newReader(), "uplink-read");
    }

    @AfterEach
    void close() {
        reader.close();
        spool.close();
    }

    private LaneSender sender(long next) {
        return new LaneSender(Lane.URGENT, spool, reader, new LaneWindow(1 << 20), next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequence = 2", "sequence >= 2"})
    void aRecordThatIsNotThereIsDamageAtTheThirdTime(String gone) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM record WHERE " + gone);
        }
        for (int session = 1; session <= 3; session++) {
            LaneSender sender = sender(2);
            assertThatThrownBy(() -> sender.poll(1 << 20, 0))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("record 2 of lane URGENT is not there");
            assertThat(told).hasValue(session < 3 ? 0 : 1);
        }
    }

    @Test
    void whatIsThereAndWhatHasNotComeYetAreNoDamage() {
        for (int session = 0; session < 4; session++) {
            assertThat(sender(1).poll(1 << 20, 0)).isNotNull();
            assertThat(sender(4).poll(1 << 20, 0)).isNull();
        }
        assertThat(told).hasValue(0);
    }
}
