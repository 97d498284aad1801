package io.fengsui.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference configuration is good and says the defaults; a bad one is told of as a whole, and the last good one runs on. */
class HubConfigTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void copyTheReference() throws IOException {
        file = ReferenceFiles.copiedTo(folder);
    }

    @Test
    void readsTheReferenceAndItSaysTheDefaults() throws IOException {
        HubSettings reference =
                ReferenceFiles.good(HubConfig.check(ReferenceFiles.FOLDER.resolve("central-hub.yaml"), name -> null));
        Files.writeString(file, "time-zone: Asia/Shanghai\n");
        HubSettings defaults = ReferenceFiles.good(HubConfig.check(file, name -> null));
        assertThat(reference.listen()).isEqualTo(defaults.listen());
        assertThat(reference.edges()).isEqualTo(defaults.edges());
        assertThat(reference.silence()).isEqualTo(defaults.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(reference.drain()).isEqualTo(defaults.drain());
        assertThat(reference.zone()).isEqualTo(defaults.zone());
        assertThat(reference.tickets().policy()).isEqualTo(defaults.tickets().policy());
        assertThat(reference.tickets().window()).isEqualTo(defaults.tickets().window());
        assertThat(reference.tickets().workflows())
                .hasSize(3)
                .containsAll(defaults.tickets().workflows());
        assertThat(reference.tickets().deadlines().policy().rules()).hasSizeGreaterThan(3);
        assertThat(defaults.tickets().deadlines().policy().rules()).isEmpty();
        assertThat(reference.listen().port()).isEqualTo(8600);
    }

    @Test
    void theLimitsAreThoseOfTheFileAndTheReferenceSaysTheDefaults() throws IOException {
        assertThat(ReferenceFiles.good(HubConfig.check(ReferenceFiles.FOLDER.resolve("central-hub.yaml"), name -> null))
                        .access()
                        .limits())
                .isEqualTo(HubSettings.Limits.DEFAULT);
        Files.writeString(file, """
                console:
                  rate: {burst: 50, per-second: 5}
                  sessions: {idle: 30m, longest: 8h}
                  kept-answers: {time: 2h, most: 100, bytes: 1MiB}
                  streams: 300
                """);
        assertThat(ReferenceFiles.good(HubConfig.check(file, name -> null))
                        .access()
                        .limits())
                .isEqualTo(new HubSettings.Limits(
                        new RateSettings(50, 5),
                        new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(8)),
                        new AnswerSettings(100, 1 << 20, Duration.ofHours(2)),
                        300));

        Files.writeString(file, """
                console:
                  rate: {burst: 0, per-secnd: 5}
                  sessions: {idle: 30d}
                  kept-answers: {bytes: 5TiB, most: many}
                  streams: 0
                """);
        assertThat(HubConfig.check(file, name -> null).problems().list())
                .extracting(problem -> problem.where().key())
                .containsExactlyInAnyOrder(
                        "console.rate.burst",
                        "console.rate.per-secnd",
                        "console.sessions.idle",
                        "console.kept-answers.bytes",
                        "console.kept-answers.most",
                        "console.streams");
    }

    @Test
    void theReferenceFollowsItsSchema() throws IOException {
        String json = ReferenceFiles.json(ReferenceFiles.FOLDER.resolve("central-hub.yaml"));
        Schema schema = ReferenceFiles.schema();
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("\"silent-after\"", "\"silence\""), InputFormat.JSON))
                .isNotEmpty();
    }

    /** What names a channel or a contact with that fault is not wrong itself. */
    @Test
    void secretsThatAreNotThereAreTheOnlyFaultsTold() throws IOException {
        HubConfig.Outcome district =
                HubConfig.check(ReferenceFiles.FOLDER.resolve("district/central-hub.yaml"), name -> null);
        assertThat(district.problems().list())
                .hasSize(4)
                .extracting(Problem::code)
                .containsOnly(Problem.Code.SECRET);
        Files.writeString(file, "listen: {address: 0.0.0.0}\nedges: {token-env: UNSET}\n");
        assertThat(HubConfig.check(file, name -> null).problems().toString())
                .contains("no variable UNSET", "needs TLS")
                .doesNotContain("needs a token");
    }

    @Test
    void tellsEveryProblemOfEveryFileAtOnce() throws IOException {
        Files.writeString(file, """
                listen: {adress: 127.0.0.1, port: 99999}
                time-zone: Mars/Base
                edges: {heartbeat: 40s, token: written-out-secret}
                tickets: {window: long}
                """);
        Files.writeString(folder.resolve("ticket-policy.yaml"), """
                default-workflow: ten-step
                rules:
                  - {kind: Fire, title: {zh: "{weather}", en: x}}
                """);
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.settings()).isNull();
        String text = outcome.problems().toString();
        assertThat(text)
                .contains("adress", "99999", "Mars/Base", "edges.token", "tickets.window", "ten-step", "{weather}")
                .doesNotContain("written-out-secret");
        assertThat(outcome.problems().list())
                .allSatisfy(problem -> assertThat(problem.where().toString()).contains(".yaml"));
    }

    @Test
    void wantsTlsAndTokensOffLoopback() throws IOException {
        Files.writeString(file, "listen: {address: 0.0.0.0}\n");
        assertThat(HubConfig.check(file, name -> null).problems().list())
                .extracting(Problem::reason)
                .containsExactlyInAnyOrder(
                        "an address that others can reach needs TLS",
                        "an address that others can reach needs a token of the edges");
    }

    @Test
    void opensTheConsoleToThisMachineOnlyWhereNobodyElseReachesIt() throws IOException {
        Files.writeString(file, "console: {open-on-loopback: true}\n");
        assertThat(ReferenceFiles.good(HubConfig.check(file, name -> null))
                        .access()
                        .isOpenOnLoopback())
                .isTrue();
        Files.writeString(file, "data: data\n");
        assertThat(ReferenceFiles.good(HubConfig.check(file, name -> null))
                        .access()
                        .isOpenOnLoopback())
                .isFalse();
        Files.writeString(file, """
                listen: {address: 0.0.0.0, tls: {certificate: central-hub.yaml, key: central-hub.yaml}}
                edges: {token-env: EDGES}
                console: {open-on-loopback: true}
                """);
        assertThat(HubConfig.check(file, name -> "0123456789abcdef").problems().list())
                .extracting(Problem::reason)
                .containsExactly("a console that others can reach is open to nobody who does not sign in");
    }

    @Test
    void aServerHasOneWriterUnlessMoreAreAskedFor() throws IOException {
        String server = "database: {url: 'jdbc:postgresql://localhost/town', user: town%s}\n";
        Files.writeString(file, String.format(server, ""));
        assertThat(ReferenceFiles.good(HubConfig.check(file, name -> null))
                        .database()
                        .writers())
                .isOne();
        Files.writeString(file, String.format(server, ", writers: 4"));
        assertThat(ReferenceFiles.good(HubConfig.check(file, name -> null))
                        .database()
                        .writers())
                .isEqualTo(4);
    }

    @Test
    void runsTheLastGoodConfigurationWhenTheFileIsBadLater() throws IOException {
        Files.writeString(file, "data: data\ntime-zone: Europe/Berlin\n");
        ReferenceFiles.good(HubConfig.load(file, name -> null));
        Files.writeString(file, "data: data\ntime-zone: Nowhere\n");
        Files.writeString(folder.resolve("workflows/nine-step.yaml"), "id: broken\n");
        HubConfig.Outcome later = HubConfig.load(file, name -> null);
        assertThat(later.isLastGood()).isTrue();
        HubSettings kept = Objects.requireNonNull(later.settings());
        assertThat(kept.zone().getId()).isEqualTo("Europe/Berlin");
        assertThat(kept.tickets().workflows()).hasSize(1);
    }

    @Test
    void hasNothingToRunOnAFirstStartWithABadFile() throws IOException {
        Files.writeString(file, "tickets: 3\n");
        HubConfig.Outcome first = HubConfig.load(file, name -> null);
        assertThat(first.settings()).isNull();
        assertThat(first.problems().isEmpty()).isFalse();
    }
}
