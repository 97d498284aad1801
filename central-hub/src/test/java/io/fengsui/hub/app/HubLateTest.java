package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an edge tells after an outage of more than a day: kept, and nobody is sent for it but where it still burns. */
class HubLateTest extends TownTest {
    private static final String KIND = "traffic.stopped";
    private static final String TICKETS = "SELECT COUNT(*) FROM ticket WHERE kind = '" + KIND + "'";

    /** Begun and over while the hub was away. */
    private void outage(int happenings) {
        for (int i = 0; i < happenings; i++) {
            Event begun = town.begun("edge-1", KIND, "lane/" + i, Lane.BULK);
            edge.record(begun);
            edge.record(town.ended(begun));
        }
    }

    private void tellAfter(Duration outage) {
        town.time.advance(outage);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
    }

    @Test
    void dayOldEventsAreKeptAndPageNobody() {
        outage(500);
        tellAfter(Duration.ofHours(25));
        assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = '" + KIND + "'"))
                .isEqualTo(500);
        assertThat(town.count(TICKETS)).isZero();
    }

    @Test
    @Tag("slow")
    void ninetySixThousandDayOldEventsPageNobody() {
        List<Event> happened = new ArrayList<>();
        for (int i = 0; i < 48_000; i++) {
            happened.add(town.begun("edge-1", KIND, "lane/" + i, Lane.BULK));
        }
        town.time.advance(Duration.ofHours(25));
        edge.serve(town.hub.port());
        for (int from = 0; from < happened.size(); from += 1_000) {
            for (Event begun : happened.subList(from, from + 1_000)) {
                edge.record(begun);
                edge.record(
                        begun.next(Phase.ENDED, begun.severity(), begun.times().revised(), Map.of(), List.of()));
            }
            edge.send(Lane.BULK, 2L * from);
            edge.awaitAcknowledged();
        }
        assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = '" + KIND + "'"))
                .isEqualTo(48_000);
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isZero();
        assertThat(town.count("SELECT COUNT(*) FROM outbox")).isZero();
    }

    @Test
    void eventsOfAnHourAgoAreStillSentFor() {
        outage(3);
        tellAfter(Duration.ofHours(1));
        assertThat(town.count(TICKETS)).isEqualTo(3);
    }

    @Test
    void whatStillStandsGetsItsTicketWhenItsEdgeSaysSo() {
        outage(20);
        Event stands = town.begun("edge-1", KIND, "lane/stands", Lane.BULK);
        edge.record(stands);
        tellAfter(Duration.ofHours(25));
        assertThat(town.count(TICKETS)).isZero();
        assertThat(town.count("SELECT is_unconfirmed FROM event WHERE event_id = '" + stands.id() + "'"))
                .isOne();

        edge.heartbeat(List.of(stands.id()));
        await().until(() -> {
            town.time.advance(Duration.ofSeconds(6));
            town.hub.tick();
            return town.count(TICKETS) == 1;
        });
        assertThat(town.one(String.class, "SELECT dedup_key FROM ticket WHERE kind = '" + KIND + "'"))
                .isEqualTo("lane/stands");
        assertThat(town.count("SELECT COUNT(*) FROM incident WHERE ticket_id IS NOT NULL"))
                .isOne();
        edge.record(town.ended(stands));
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count(TICKETS + " AND condition_cleared_at IS NOT NULL"))
                .isOne();
        assertThat(town.count(TICKETS)).isOne();
    }

    @Test
    void theTicketThatComesWithTheConfirmationHasThePictureThatCameBefore() throws Exception {
        byte[] picture = {1, 2, 3};
        UUID id = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L);
        Event begun = town.begun("edge-1", KIND, "lane/stands", Lane.BULK);
        Event stands = town.with(begun, Evidence.pending(id, "image/jpeg", edge.now()));
        edge.record(begun);
        edge.record(stands);
        tellAfter(Duration.ofHours(25));
        BlockingQueue<EvidenceReceipt> receipts = new LinkedBlockingQueue<>();
        StreamObserver<EvidenceUpload> upload = edge.upload(receipts);
        upload.onNext(WireEvidence.toMessage(
                new EvidenceOffer("edge-1", stands.id(), id, "image/jpeg", Sha256.hashOf(picture), picture.length)));
        assertThat(receipts.poll(10, TimeUnit.SECONDS)).isNotNull();
        upload.onNext(WireEvidence.toMessage(new EvidenceChunk(id, 0, picture)));
        await().until(() -> town.count("SELECT COUNT(*) FROM evidence WHERE state = 'ready'") == 1);
        assertThat(town.count(TICKETS)).isZero();

        edge.heartbeat(List.of(stands.id()));
        await().until(() -> {
            town.time.advance(Duration.ofSeconds(6));
            town.hub.tick();
            return town.count(TICKETS) == 1;
        });
        assertThat(town.one(String.class, "SELECT evidence_id FROM ticket")).isEqualTo(id.toString());
        assertThat(town.count("SELECT COUNT(*) FROM evidence WHERE ticket_id IS NOT NULL"))
                .isOne();
    }

    @Test
    void anUrgentClassIsSentForHoweverLate() {
        edge.record(town.begun("edge-1", "fire.smoke", "smoke"));
        tellAfter(Duration.ofHours(25));
        assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'fire.smoke'"))
                .isOne();
    }
}
