package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.store.query.FactChains;
import io.fengsui.hub.ticket.audit.ChainCheck;
import io.fengsui.hub.ticket.audit.ChainReason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody changes the history of a ticket unnoticed. */
class HubAuditTest {
    @TempDir
    Path data;

    @Test
    void findsNothingInAHistoryThatNobodyTouched() {
        try (Timeline day = day()) {
            ChainCheck check = check(day);
            assertThat(check.findings()).isEmpty();
            assertThat(check.tickets()).isEqualTo(2);
            assertThat(check.facts()).isGreaterThan(6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE ticket_fact SET note = '没事' WHERE version = 2; FACT_CHANGED; 2",
                "UPDATE ticket_fact SET at = at + 1 WHERE version = 1; FACT_CHANGED; 1",
                "UPDATE ticket_fact SET actor = 'li' WHERE kind = 'moved'; FACT_CHANGED; 2",
                "DELETE FROM ticket_fact WHERE version = 2; GAP; 2",
                "UPDATE ticket_fact SET payload_hash = zeroblob(32) WHERE version = 1; FACT_CHANGED; 1",
                "UPDATE ticket_fact SET chain_hash = zeroblob(32) WHERE version = 2; CHAIN_BROKEN; 2",
                "DELETE FROM ticket_fact WHERE version >= 2; HEAD_DIFFERS; 1",
                "UPDATE ticket SET version = version + 1; HEAD_DIFFERS; -1",
            })
    void namesWhatWasChanged(String change, ChainReason reason, long version) throws SQLException {
        try (Timeline day = day()) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hub.db"));
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(change.replace("WHERE ", "WHERE ticket_id = '" + day.ticket("smoke") + "' AND ")
                        + onlyThat(change, day));
            }
            assertThat(check(day).findings()).singleElement().satisfies(finding -> {
                assertThat(finding.ticket()).isEqualTo(day.ticket("smoke"));
                assertThat(finding.reason()).isEqualTo(reason);
                if (version > 0) {
                    assertThat(finding.version()).isEqualTo(version);
                }
            });
        }
    }

    private static String onlyThat(String change, Timeline day) {
        return change.contains("WHERE") ? "" : " WHERE id = '" + day.ticket("smoke") + "'";
    }

    private Timeline day() {
        return new Timeline(data, "2026-11-23")
                .at("02:00")
                .event("fire.smoke", "smoke")
                .at("02:00:20")
                .event("safety.intrusion", "gate")
                .at("02:00:25")
                .step("smoke", "accept")
                .at("02:00:26")
                .step("smoke", "supervise")
                .at("02:00:27")
                .step("gate", "comment")
                .until("02:20");
    }

    private static ChainCheck check(Timeline day) {
        ChainCheck check = new ChainCheck();
        new FactChains(day.town.hub.database().reader()).check(check);
        return check;
    }
}
