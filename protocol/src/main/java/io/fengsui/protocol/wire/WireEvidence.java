package io.fengsui.protocol.wire;

import com.google.protobuf.ByteString;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;

/** The call that evidence travels on, both ways. Pure. */
public final class WireEvidence {
    private WireEvidence() {}

    public static EvidenceUpload toMessage(EvidenceOffer offer) {
        return EvidenceUpload.newBuilder()
                .setOffer(io.fengsui.protocol.wire.v1.EvidenceOffer.newBuilder()
                        .setEdgeId(offer.edge())
                        .setEventId(offer.event().toString())
                        .setEvidenceId(offer.evidence().toString())
                        .setMediaType(offer.mediaType())
                        .setSha256(Fields.bytes(offer.sha256()))
                        .setSize(offer.size()))
                .build();
    }

    public static EvidenceOffer fromMessage(io.fengsui.protocol.wire.v1.EvidenceOffer message)
            throws MalformedMessageException {
        return Fields.in(
                "offer",
                () -> new EvidenceOffer(
                        message.getEdgeId(),
                        Fields.eventId("event_id", message.getEventId()),
                        Fields.uuid("evidence_id", message.getEvidenceId()),
                        message.getMediaType(),
                        Fields.hash("sha256", message.getSha256()),
                        message.getSize()));
    }

    public static EvidenceUpload toMessage(EvidenceChunk chunk) {
        return EvidenceUpload.newBuilder()
                .setChunk(io.fengsui.protocol.wire.v1.EvidenceChunk.newBuilder()
                        .setEvidenceId(chunk.evidence().toString())
                        .setOffset(chunk.offset())
                        .setData(ByteString.copyFrom(chunk.data())))
                .build();
    }

    public static EvidenceChunk fromMessage(io.fengsui.protocol.wire.v1.EvidenceChunk message)
            throws MalformedMessageException {
        return Fields.in(
                "chunk",
                () -> new EvidenceChunk(
                        Fields.uuid("evidence_id", message.getEvidenceId()),
                        message.getOffset(),
                        message.getData().toByteArray()));
    }

    public static io.fengsui.protocol.wire.v1.EvidenceReceipt toMessage(EvidenceReceipt receipt) {
        return io.fengsui.protocol.wire.v1.EvidenceReceipt.newBuilder()
                .setEvidenceId(receipt.evidence().toString())
                .setOffset(receipt.offset())
                .setComplete(receipt.isComplete())
                .setRefused(receipt.refused())
                .build();
    }

    public static EvidenceReceipt fromMessage(io.fengsui.protocol.wire.v1.EvidenceReceipt message)
            throws MalformedMessageException {
        return Fields.in(
                "receipt",
                () -> new EvidenceReceipt(
                        Fields.uuid("evidence_id", message.getEvidenceId()),
                        message.getOffset(),
                        message.getComplete(),
                        message.getRefused()));
    }
}
