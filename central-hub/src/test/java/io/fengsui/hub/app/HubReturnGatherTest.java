package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What begins again when its ticket is done, where several incidents may belong together. */
class HubReturnGatherTest extends ReturnDay {
    private static final String RULES = """
            storms:
              - {kinds: [safety.*], level: village, most: 2, within: 10m}
            maintenance:
              - {kinds: [health.*], sources: [cam-w], from: "2026-11-23T09:30", to: "2026-11-23T10:00"}
            """;

    @Test
    void holdsWhatBeginsAgainBackWhileSomebodyWorksThere() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            Source camera = Source.camera("cam-w", "");
            day.at("09:20").event("health.camera.offline", "old", camera, Place.UNKNOWN);
            day.at("09:25").step("old", "void").until("09:26");
            String before = day.ticket("old");
            day.until("09:35");
            Event begun = begun(day, "health.camera.offline", "old", camera);
            tell(day, begun);
            // News of the old one does not end the wait of the new one.
            day.at("09:40").ends("old").at("09:45").hubIsAwayUntil("09:46").until("09:59");
            assertThat(tickets(day)).isEqualTo(1);
            day.until("10:01");
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("10:00", "10:00")).fact("old", "follows", before);
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE held_until IS NOT NULL"))
                    .isZero();
        }
    }

    @Test
    void letsAStormTakeWhatBeginsAgain() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            for (int i = 0; i < 3; i++) {
                day.at("09:00:0" + i).event("safety.intrusion", "i" + i, Source.camera("cam-" + i, ""), Place.UNKNOWN);
            }
            day.at("09:01").step("i0", "void").until("09:01");
            String kept = day.ticket("i1");
            day.at("09:02")
                    .event("safety.intrusion", "i3", Source.camera("cam-3", ""), Place.UNKNOWN)
                    .at("09:03")
                    .event("safety.intrusion", "i0", Source.camera("cam-0", ""), Place.UNKNOWN)
                    .until("09:04");
            assertThat(tickets(day)).isEqualTo(3);
            assertThat(day.ticket("i0")).isEqualTo(day.ticket("i3")).isNotEqualTo(kept);
            day.expect(day.between("09:03", "09:03")).fact("i0", "incident-joined", "storm");
        }
    }

    /** It was over before it was looked at once more, by the ending of another. */
    @Test
    void opensATicketForTheAlarmOfAMomentThatWaitedThoughAnOlderOneEndsMeanwhile() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            Source camera = Source.camera("cam-w", "");
            day.at("09:20").event("health.camera.offline", "old", camera, Place.UNKNOWN);
            day.at("09:25").step("old", "void").until("09:35");
            tell(day, instant(begun(day, "health.camera.offline", "old", camera)));
            day.at("09:40").ends("old").until("09:59");
            assertThat(tickets(day)).isEqualTo(1);
            day.until("10:01");
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    @Test
    void namesTheTicketBeforeOfWhatHasWaitedForItsOwn() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            Source camera = Source.camera("cam-w", "");
            day.at("09:00").event("health.camera.offline", "old", camera, Place.UNKNOWN);
            day.at("09:01").ends("old");
            day.at("09:02").step("old", "void").until("09:03");
            String before = day.ticket("old");
            day.at("09:40").event("health.camera.offline", "old", camera, Place.UNKNOWN);
            day.until("10:01");
            assertThat(day.town.count("SELECT COUNT(*) FROM incident")).isEqualTo(2);
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("10:00", "10:00")).fact("old", "follows", before);
        }
    }

    /** Whoever works there may take the edge's line away, too: what it spoke for when it was back had its ticket at once. */
    @Test
    void holdsBackWhatAnEdgeSpeaksForWhileSomebodyWorksThere() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            day.until("07:30");
            Event begun = begun(day, "health.camera.offline", "old", Source.camera("cam-w", ""));
            day.until("09:35");
            tell(day, begun);
            assertThat(tickets(day)).isZero();
            assertThat(day.town.hub.shards().renew("edge-1", List.of(begun.id())))
                    .isTrue();
            day.town.settle();
            assertThat(tickets(day)).isZero();
            day.until("10:01");
            assertThat(tickets(day)).isOne();
        }
    }

    /** A picture of what joined a ticket went to the next one with the next news of its event. */
    @Test
    void leavesThePictureOfWhatJoinedATicketWithItWhenItsIncidentHasAnother() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            for (int i = 0; i < 2; i++) {
                day.at("09:00:0" + i).event("safety.intrusion", "i" + i, Source.camera("cam-" + i, ""), Place.UNKNOWN);
            }
            day.until("09:01");
            Event first = begun(day, "safety.intrusion", "i2", Source.camera("cam-2", ""));
            Event shown = day.town.with(
                    first,
                    Evidence.pending(
                            new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L),
                            "image/jpeg",
                            first.times().occurred()));
            tell(day, shown);
            String storm = day.ticket("i2");
            assertThat(storm).isEqualTo(day.ticket("i1"));
            day.at("09:02").step("i2", "void").until("09:03");
            tell(day, begun(day, "safety.intrusion", "i2", Source.camera("cam-2", "")));
            assertThat(day.ticket("i2")).isNotEqualTo(storm);
            tell(day, day.town.ended(shown));
            assertThat(day.town.one(String.class, "SELECT ticket_id FROM evidence"))
                    .isEqualTo(storm);
        }
    }

    /** The next ticket that it joined was raised to what the first one had been. */
    @Test
    void whatWasWorseUnderOneTicketDoesNotMakeTheNextOneThatItJoinsWorse() throws IOException {
        try (Timeline day = gatheringDay(RULES)) {
            for (int i = 0; i < 3; i++) {
                day.at("09:00:0" + i).event("safety.intrusion", "i" + i, Source.camera("cam-" + i, ""), Place.UNKNOWN);
            }
            day.at("09:01").becomes("i0", Severity.CRITICAL);
            day.at("09:02").step("i0", "void");
            day.at("09:03").event("safety.intrusion", "i3", Source.camera("cam-3", ""), Place.UNKNOWN);
            day.at("09:04").event("safety.intrusion", "i0", Source.camera("cam-0", ""), Place.UNKNOWN);
            day.at("09:05")
                    .event("safety.intrusion", "i0", Source.camera("cam-0", ""), Place.UNKNOWN)
                    .until("09:06");
            assertThat(day.ticket("i0")).isEqualTo(day.ticket("i3"));
            assertThat(day.town.one(String.class, "SELECT severity FROM ticket WHERE id = '" + day.ticket("i0") + "'"))
                    .isEqualTo("major");
        }
    }

    /** What joined a critical ticket was critical to whoever asked later, so that nothing could be worse: a fire opened nothing. */
    @Test
    void whatJoinedAWorseTicketAndBecomesAsBadAfterItsEndHasATicketOfItsOwn() throws IOException {
        try (Timeline day = gatheringDay("same-thing: [{kinds: [fire.*], metres: 150, within: 10m}]")) {
            Place grid = new Place(Name.NONE, "g1", null);
            day.at("09:00").event("fire.flame", "flame", Source.camera("cam-1", ""), grid);
            day.at("09:01").becomes("flame", Severity.CRITICAL);
            day.at("09:02")
                    .event("fire.smoke", "smoke", Source.sensor("s-1"), grid)
                    .until("09:03");
            String shared = day.ticket("smoke");
            assertThat(shared).isEqualTo(day.ticket("flame"));
            day.at("09:04").step("flame", "void").at("09:05").hubIsAwayUntil("09:06");
            day.at("09:07").becomes("smoke", Severity.MINOR);
            day.at("09:08").becomes("smoke", Severity.MAJOR).until("09:09");
            assertThat(tickets(day)).as("as it was when the ticket was done").isOne();
            day.at("09:10").becomes("smoke", Severity.CRITICAL).until("09:11");
            assertThat(tickets(day)).isEqualTo(2);
            day.expect(day.between("09:10", "09:10")).fact("smoke", "follows", shared);
            day.expect(day.between("09:10", "09:10")).notification("smoke", "centre", "opened", "now");
            day.at("09:12").becomes("flame", Severity.MINOR);
            day.at("09:13").becomes("flame", Severity.CRITICAL).until("09:14");
            assertThat(tickets(day))
                    .as("the flame was critical when its ticket was done")
                    .isEqualTo(2);
        }
    }

    /** It had no ticket yet, as it was told too late, and counted already as severe as it was: its edge's word made none, either. */
    @Test
    void whatJoinedAndBecameWorseHasItsTicketOnceItsEdgeSpeaksForIt() throws IOException {
        try (Timeline day = gatheringDay("same-thing: [{kinds: [water.*], metres: 150, within: 10m}]")) {
            Place grid = new Place(Name.NONE, "g1", null);
            day.at("09:00").event("water.level.high", "level", Source.sensor("s-1"), grid);
            day.at("09:01").becomes("level", Severity.CRITICAL).until("09:02");
            Event leak = day.town.begun(
                    "water.leak",
                    "leak",
                    Lane.URGENT,
                    new Event.Origin("edge-1", "site-1", Source.sensor("s-2"), "", grid));
            tell(day, leak);
            assertThat(day.ticket("leak")).isEqualTo(day.ticket("level"));
            day.at("09:04").step("level", "void").until("09:10");
            Event worse = day.town.becomes(leak, Severity.CRITICAL);
            day.until("2026-11-25T09:00");
            tell(day, worse);
            assertThat(tickets(day)).as("told too late").isOne();
            assertThat(day.town.hub.shards().renew("edge-1", List.of(leak.id())))
                    .isTrue();
            day.town.settle();
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    /** A ticket said that its fire was over with the smoke beside it that was first heard of when that had ended. */
    @Test
    void isNotOverWithWhatJoinsItAndIsOverAlready() throws IOException {
        try (Timeline day = gatheringDay("same-thing: [{kinds: [fire.*], metres: 150, within: 10m}]")) {
            Place grid = new Place(Name.NONE, "g1", null);
            day.at("09:00")
                    .event("fire.flame", "flame", Source.camera("cam-1", ""), grid)
                    .until("09:01");
            Event smoke = day.town.begun(
                    "fire.smoke",
                    "smoke",
                    Lane.URGENT,
                    new Event.Origin("edge-1", "site-1", Source.sensor("s-1"), "", grid));
            day.until("09:02");
            tell(day, day.town.ended(smoke));
            assertThat(day.ticket("smoke")).isEqualTo(day.ticket("flame"));
            day.expect(day.between("09:02", "09:02")).fact("flame", "incident-joined", "same-thing");
            day.expect(day.between("09:00", "09:03")).noFact("flame", "condition-cleared");
            day.at("09:04").ends("flame").until("09:05");
            day.expect(day.between("09:04", "09:04")).fact("flame", "condition-cleared");
        }
    }

    private static Event begun(Timeline day, String kind, String key, Source source) {
        return day.town.begun(kind, key, Lane.URGENT, new Event.Origin("edge-1", "site-1", source, "", Place.UNKNOWN));
    }
}
