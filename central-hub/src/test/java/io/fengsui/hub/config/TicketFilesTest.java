package io.fengsui.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import io.fengsui.hub.correlate.gather.GatherPolicy;
import io.fengsui.hub.notify.Contact;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of incidents, in files of their own: correlation, messages, ladders, deadlines, units. */
class TicketFilesTest {
    /** Of each pattern that the reference's deadlines have for life in danger. */
    private static final List<EventKind> LIVES = Stream.of(
                    "fire.smoke", "safety.alarm-button", "safety.help", "water.level.high", "gas.leak")
            .map(EventKind::new)
            .toList();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void copyTheReference() throws IOException {
        file = ReferenceFiles.copiedTo(folder);
    }

    /** It kept a hub from its start after an upgrade: a slip of the pen silences nobody. */
    @Test
    void namesPlacesInTemplatesForWhichThereAreNoWordsAndTellsAllTheSame() throws IOException {
        Files.writeString(folder.resolve("notifications.yaml"), """
                templates:
                  opened: {zh: "新工单 {titel}:{title}", en: "new ticket {title}, level {level}"}
                  closed: {zh: "办结 {ticket}", en: "{ticket} is done"}
                  escalated: {zh: "第 {level} 级", en: "{level} of {persent} %"}
                """);
        Path file =
                Files.writeString(folder.resolve("central-hub.yaml"), "tickets: {notifications: notifications.yaml}\n");
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.problems().toString()).isEmpty();
        HubSettings read = Objects.requireNonNull(outcome.settings());
        assertThat(read.tickets().telling().warnings())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("templates.opened.zh names {titel},")
                                .contains("{title}"),
                        one -> assertThat(one).startsWith("templates.opened.en names {level},"),
                        one -> assertThat(one)
                                .startsWith("templates.escalated.en names {persent},")
                                .contains("{level}"));
    }

    /** What lives hang on is not held back, whatever the file says: whoever wrote it is told that it holds nothing. */
    @Test
    void namesAnnouncedWorkThatHoldsNothingBackForLivesHangOnIt() throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), """
                maintenance:
                  - {kinds: [health.*, safety.*], days: [sunday], from: "01:00", to: "02:00"}
                  - {kinds: [fire.*], sources: [smoke-1], days: [sunday], from: "01:00", to: "02:00"}
                  - {areas: ["1405"], days: [sunday], from: "01:00", to: "02:00"}
                  - {kinds: [health.*, fire.smoke], days: [sunday], from: "01:00", to: "02:00"}
                """);
        Path file = Files.writeString(folder.resolve("central-hub.yaml"), "tickets: {correlation: correlation.yaml}\n");
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.problems().toString()).isEmpty();
        assertThat(Objects.requireNonNull(outcome.settings())
                        .tickets()
                        .telling()
                        .warnings())
                .satisfiesExactly(one -> assertThat(one)
                        .contains(
                                "correlation.yaml:5:",
                                "maintenance[3].kinds",
                                "lives hang on fire.smoke",
                                "sources: […]"));
    }

    /** Whoever was on a holiday's roster was told nothing, and nobody was told that. */
    @Test
    void namesPeopleOnRostersAndContactsWhoAreToldNothing() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), """
                units:
                  - id: fire
                    name: {zh: 消防}
                    duty:
                      - {person: 一班, from: "08:00", to: "20:00"}
                      - {person: 二班, from: "20:00", to: "08:00"}
                      - {person: 国庆值班, dates: [2026-10-01], from: "08:00", to: "20:00"}
                      - {person: 国庆值班, dates: [2026-10-02], from: "08:00", to: "20:00"}
                  - id: street
                    name: {zh: 街道}
                    duty: [{person: 网格长, from: "08:00", to: "20:00"}]
                """);
        Files.writeString(folder.resolve("notifications.yaml"), """
                channels:
                  - {id: hook, webhook: {url: "http://127.0.0.1:1/"}}
                contacts:
                  - {id: one, channels: [hook], on: [opened], duty: {unit: fire, person: 一班}}
                  - {id: two, channels: [hook], on: [opened], duty: {unit: fire, person: 二 班}}
                  - {id: dumb, on: [opened]}
                  - {id: street, channels: [hook], units: [street], on: [opened]}
                """);
        Path file = Files.writeString(
                folder.resolve("central-hub.yaml"),
                "tickets: {units: units.yaml, notifications: notifications.yaml}\n");
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.problems().toString()).isEmpty();
        assertThat(Objects.requireNonNull(outcome.settings())
                        .tickets()
                        .telling()
                        .warnings())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("units.yaml:6:", "units[0].duty[1].person", "duty: {unit: fire, person: 二班}"),
                        one -> assertThat(one).contains("units.yaml:7:", "person: 国庆值班}"),
                        one -> assertThat(one)
                                .contains(
                                        "notifications.yaml:5:",
                                        "contacts[1].duty.person",
                                        "二 班 is on no shift of fire"),
                        one -> assertThat(one).contains("notifications.yaml:6:", "contacts[2]", "no channels"));
    }

    /** The example of a command centre with everything switched on. */
    @Test
    void theDistrictIsGoodAndItsPartsKnowEachOther() throws IOException {
        Path district = ReferenceFiles.FOLDER.resolve("district/central-hub.yaml");
        HubSettings.Tickets tickets = ReferenceFiles.good(HubConfig.check(district, name -> "0123456789abcdef"))
                .tickets();
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
        assertThat(ReferenceFiles.schema().validate(ReferenceFiles.json(district), InputFormat.JSON))
                .isEmpty();
    }

    /** After twenty parked cars somebody's call for help went into a stranger's ticket. */
    @Test
    void noSampleLetsWhatLivesHangOnBePartOfAStorm() throws IOException {
        Path district = ReferenceFiles.FOLDER.resolve("district/central-hub.yaml");
        Files.copy(ReferenceFiles.FOLDER.resolve("correlation.yaml"), folder.resolve("correlation.yaml"));
        Files.writeString(file, "tickets: {correlation: correlation.yaml}\n");
        for (Path one : List.of(district, file)) {
            assertThat(ReferenceFiles.good(HubConfig.check(one, name -> "0123456789abcdef"))
                            .tickets()
                            .correlation()
                            .storms())
                    .isNotEmpty()
                    .flatExtracting(GatherPolicy.Storm::kinds)
                    .noneMatch(kind -> LIVES.stream().anyMatch(kind::matches));
        }
    }

    @Test
    void readsWhoIsToldAndTellsWhatIsWrongWithIt() throws IOException {
        Files.copy(ReferenceFiles.FOLDER.resolve("notifications.yaml"), folder.resolve("notifications.yaml"));
        Files.copy(ReferenceFiles.FOLDER.resolve("ladders.yaml"), folder.resolve("ladders.yaml"));
        Files.copy(ReferenceFiles.FOLDER.resolve("correlation.yaml"), folder.resolve("correlation.yaml"));
        Files.writeString(
                file,
                "tickets: {notifications: notifications.yaml, ladders: ladders.yaml, correlation: correlation.yaml}\n");
        HubSettings told = ReferenceFiles.good(HubConfig.check(file, name -> "0123456789abcdef"));
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
                maintenance: [{from: "01:00", to: "02:00"}, {days: [sunday], from: "24:00", to: "24:01"}]
                """);
        Files.writeString(folder.resolve("ladders.yaml"), """
                ladders:
                  - {id: l, steps: [{after: 1m, tell: [nobody-there]}, {after: 1m}, {after: 400d, tell-in-turn: [c]}]}
                """);
        HubConfig.Outcome outcome = HubConfig.check(file, name -> null);
        assertThat(outcome.settings()).isNull();
        assertThat(outcome.problems().toString())
                .contains("no kinds are named", "x hangs on two things", "2026-11-23T22:00", "24:00", "24:01")
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

    @Test
    void tellsOfDeadlinesThatNameWhatIsNotThereAndOfYearsTwice() throws IOException {
        Files.createDirectories(folder.resolve("calendar"));
        Files.copy(ReferenceFiles.FOLDER.resolve("calendar/2026.yaml"), folder.resolve("calendar/2026.yaml"));
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
