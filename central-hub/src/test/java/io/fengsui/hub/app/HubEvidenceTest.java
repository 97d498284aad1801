package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A picture goes up in pieces, stops, goes on, and is the ticket's. */
class HubEvidenceTest extends TownTest {
    private static final int PIECE = 32 * 1024;

    private final BlockingQueue<EvidenceReceipt> receipts = new LinkedBlockingQueue<>();
    private final byte[] picture = new byte[100_000];
    private final UUID id = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L);
    private Event event;

    @BeforeEach
    void tellOfAnEventWithAPicture() {
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i * 31);
        }
        event = town.begun("edge-1", "safety.intrusion", "gate");
        edge.record(event);
        edge.record(town.with(event, Evidence.pending(id, "image/jpeg", edge.now())));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
    }

    @Test
    void resumesWhereItStoppedAndServesThePicture() throws Exception {
        StreamObserver<EvidenceUpload> first = edge.upload(receipts);
        first.onNext(offer(Sha256.hashOf(picture)));
        assertThat(receipt().getOffset()).isZero();
        first.onNext(piece(0));
        assertThat(receipt().getOffset()).isEqualTo(PIECE);

        StreamObserver<EvidenceUpload> second = edge.upload(receipts);
        second.onNext(offer(Sha256.hashOf(picture)));
        long offset = receipt().getOffset();
        assertThat(offset).isEqualTo(PIECE);
        while (offset < picture.length) {
            second.onNext(piece((int) offset));
            offset = receipt().getOffset();
        }
        assertThat(town.one(String.class, "SELECT state FROM evidence")).isEqualTo("ready");
        assertThat(town.count("SELECT size FROM evidence")).isEqualTo(picture.length);
        assertThat(town.one(String.class, "SELECT evidence_id FROM ticket")).isEqualTo(id.toString());

        HttpResponse<byte[]> served = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/evidence/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).isEqualTo(picture);
    }

    @Test
    void refusesBytesThatDoNotHaveTheHashThatWasOffered() throws Exception {
        StreamObserver<EvidenceUpload> upload = edge.upload(receipts);
        upload.onNext(offer(Sha256.hashOf(new byte[] {1})));
        long offset = receipt().getOffset();
        EvidenceReceipt last = EvidenceReceipt.getDefaultInstance();
        while (last.getRefused().isEmpty() && offset < picture.length) {
            upload.onNext(piece((int) offset));
            last = receipt();
            offset = last.getOffset();
        }
        assertThat(last.getRefused()).contains("hash");
        assertThat(town.one(String.class, "SELECT state FROM evidence")).isEqualTo("pending");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        StreamObserver<EvidenceUpload> upload = edge.upload(receipts);
        upload.onNext(WireEvidence.toMessage(
                new EvidenceOffer("edge-1", event.id(), id, "image/jpeg", Sha256.hashOf(picture), (16L << 20) + 1)));
        assertThat(receipt().getRefused()).contains("16777216");
    }

    private EvidenceUpload offer(Sha256 hash) {
        return WireEvidence.toMessage(new EvidenceOffer("edge-1", event.id(), id, "image/jpeg", hash, picture.length));
    }

    private EvidenceUpload piece(int offset) {
        int end = Math.min(picture.length, offset + PIECE);
        return WireEvidence.toMessage(new EvidenceChunk(id, offset, Arrays.copyOfRange(picture, offset, end)));
    }

    private EvidenceReceipt receipt() throws InterruptedException {
        EvidenceReceipt receipt = receipts.poll(10, TimeUnit.SECONDS);
        assertThat(receipt).as("the hub's receipt").isNotNull();
        return receipt;
    }
}
