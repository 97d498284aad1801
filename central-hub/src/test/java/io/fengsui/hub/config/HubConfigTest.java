package io.fengsui.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.notify.Contact;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The reference configuration is good and says the defaults; a bad one is told of as a whole. */
class HubConfigTest {
    private static final Path REFERENCE = Path.of("../config");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void copyTheReference() throws IOException {
        Files.createDirectories(folder.resolve("workflows"));
        for (String name : new String[] {"ticket-policy.yaml", "workflows/nine-step.yaml"}) {
            Files.copy(REFERENCE.resolve(name), folder.resolve(name));
        }
        file = folder.resolve("central-hub.yaml");
    }

    @Test
    void readsTheReferenceAndItSaysTheDefaults() throws IOException {
        HubSettings reference = good(HubConfig.check(REFERENCE.resolve("central-hub.yaml"), name -> null));
        Files.writeString(file, "time-zone: Asia/Shanghai\n");
        HubSettings defaults = good(HubConfig.check(file, name -> null));
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
        assertThat(good(HubConfig.check(REFERENCE.resolve("central-hub.yaml"), name -> null))
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
        assertThat(good(HubConfig.check(file, name -> null)).access().limits())
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
        String json = json(REFERENCE.resolve("central-hub.yaml"));
        Schema schema = schema();
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("\"silent-after\"", "\"silence\""), InputFormat.JSON))
                .isNotEmpty();
    }

    /** What names a channel or a contact with that fault is not wrong itself. */
    @Test
    void secretsThatAreNotThereAreTheOnlyFaultsTold() throws IOException {
        HubConfig.Outcome district = HubConfig.check(REFERENCE.resolve("district/central-hub.yaml"), name -> null);
        assertThat(district.problems().list())
                .hasSize(4)
                .extracting(Problem::code)
                .containsOnly(Problem.Code.SECRET);
        Files.writeString(file, "listen: {address: 0.0.0.0}\nedges: {token-env: UNSET}\n");
        assertThat(HubConfig.check(file, name -> null).problems().toString())
                .contains("no variable UNSET", "needs TLS")
                .doesNotContain("needs a token");
    }

    /** The example of a command centre with everything switched on. */
    @Test
    void theDistrictIsGoodAndItsPartsKnowEachOther() throws IOException {
        Path district = REFERENCE.resolve("district/central-hub.yaml");
        HubSettings.Tickets tickets =
                good(HubConfig.check(district, name -> "0123456789abcdef")).tickets();
        assertThat(tickets.correlation().sameThing()).hasSize(2);
        assertThat(tickets.correlation().storms()).hasSize(2);
        assertThat(tickets.correlation().cause().upstream())
                .containsEntry("gate-camera", "switch-east-bridge")
                .containsEntry("switch-east-bridge", "power-works");
        List<String> contacts = tickets.telling().notifications().contacts().stream()
                .map(Contact::id)
                .toList();
        assertThat(contacts).containsExactly("platform", "desk", "fire-duty", "leaders");
        assertThat(tickets.telling().ladders().getFirst().steps()).hasSize(5);
        assertThat(tickets.telling().ladders())
                .allSatisfy(ladder -> assertThat(ladder.steps())
                        .allSatisfy(step -> assertThat(contacts).containsAll(step.contacts())));
        Place bridge = new Place(Name.NONE, "9901000101-01", null);
        assertThat(tickets.router().decide(new EventKind("fire.smoke"), bridge).unit())
                .isEqualTo("fire-brigade");
        assertThat(tickets.router()
                        .decide(new EventKind("safety.intrusion"), bridge)
                        .unit())
                .isEqualTo("riverside");

        assertThat(HubConfig.check(district, name -> null).problems().toString())
                .contains("FENGSUI_WEBHOOK_SECRET", "FENGSUI_MAIL_PASSWORD", "FENGSUI_ONCALL_TOKEN");
        assertThat(schema().validate(json(district), InputFormat.JSON)).isEmpty();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(REFERENCE.resolve("central-hub.schema.json")), InputFormat.JSON);
    }

    private static String json(Path file) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return new ObjectMapper().writeValueAsString(tree);
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
        assertThat(good(HubConfig.check(file, name -> null)).access().isOpenOnLoopback())
                .isTrue();
        Files.writeString(file, "data: data\n");
        assertThat(good(HubConfig.check(file, name -> null)).access().isOpenOnLoopback())
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
    void runsTheLastGoodConfigurationWhenTheFileIsBadLater() throws IOException {
        Files.writeString(file, "data: data\ntime-zone: Europe/Berlin\n");
        good(HubConfig.load(file, name -> null));
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

    @Test
    void readsWhoIsToldAndTellsWhatIsWrongWithIt() throws IOException {
        Files.copy(REFERENCE.resolve("notifications.yaml"), folder.resolve("notifications.yaml"));
        Files.copy(REFERENCE.resolve("ladders.yaml"), folder.resolve("ladders.yaml"));
        Files.copy(REFERENCE.resolve("correlation.yaml"), folder.resolve("correlation.yaml"));
        Files.writeString(
                file,
                "tickets: {notifications: notifications.yaml, ladders: ladders.yaml, correlation: correlation.yaml}\n");
        HubSettings told = good(HubConfig.check(file, name -> "0123456789abcdef"));
        assertThat(told.tickets().telling().notifications().channels()).hasSize(3);
        assertThat(told.tickets().telling().notifications().contacts()).hasSize(2);
        assertThat(told.tickets().telling().ladders()).hasSize(1);
        assertThat(told.tickets().telling().notifications().toString()).doesNotContain("0123456789abcdef");
        Files.writeString(folder.resolve("notifications.yaml"), """
                channels:
                  - {id: a, webhook: {url: "ftp://x", secret: written-out}}
                  - {id: b, mail: {host: h, from: nobody, to: []}, mqtt: {broker: "tcp://x", topic: "a/#"}}
                contacts:
                  - {id: c, channels: [d], on: [sneezed], quiet: {from: "25:00", to: "07:00"}}
                """);
        assertThat(told.tickets().correlation().works()).hasSize(1);
        Files.writeString(folder.resolve("correlation.yaml"), """
                same-thing: [{kinds: [], metres: 0, within: 10m}]
                cause: {kinds: [health.*], hangs-on: {a: [x], b: [x]}}
                maintenance: [{from: "01:00", to: "02:00"}, {days: [sunday], from: "05:00", to: "01:00"}]
                """);
        Files.writeString(folder.resolve("ladders.yaml"), """
                ladders:
                  - {id: l, steps: [{after: 1m, tell: [nobody-there]}, {after: 1m}, {after: 400d, tell-in-turn: [c]}]}
                """);
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.settings()).isNull();
        assertThat(outcome.problems().toString())
                .contains("no kinds are named", "x hangs on two things", "2026-11-23T22:00", "ends later on the day")
                .contains("nobody-there", "tell or tell-in-turn", "400d")
                .contains(
                        "webhook.url",
                        "not written into this file",
                        "nobody",
                        "receivers",
                        "a/#",
                        "one way",
                        "'d'",
                        "sneezed",
                        "25:00")
                .doesNotContain("written-out");
    }

    private static HubSettings good(HubConfig.Outcome outcome) {
        assertThat(outcome.problems().list()).isEmpty();
        return Objects.requireNonNull(outcome.settings());
    }

    @Test
    void tellsOfDeadlinesThatNameWhatIsNotThereAndOfYearsTwice() throws IOException {
        Files.createDirectories(folder.resolve("calendar"));
        Files.copy(REFERENCE.resolve("calendar/2026.yaml"), folder.resolve("calendar/2026.yaml"));
        Files.writeString(folder.resolve("deadlines.yaml"), """
                warn-at: [80, 50]
                rules:
                  - {kinds: [fire.*], states: {reported: 1m, dreamt: 2wd, filed: soon}}
                  - {kinds: [Fire], workflows: [ten-step]}
                """);
        Files.writeString(file, """
                tickets:
                  deadlines: deadlines.yaml
                  calendar: {hours: [12:00-08:30], years: [calendar/2026.yaml, calendar/2026.yaml]}
                """);
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.settings()).isNull();
        assertThat(outcome.problems().toString())
                .contains("do not rise", "dreamt", "soon", "Fire", "ten-step", "begin before it ends", "same year")
                .contains("deadlines.yaml:3");
    }
}
