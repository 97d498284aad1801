package io.fengsui.edge.uplink;

import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The pictures of a {@link ScriptedHub}: takes, refuses or breaks off as a test says. */
final class ScriptedPictures {
    final List<EvidenceOffer> offers = new CopyOnWriteArrayList<>();
    /** Of all pictures, one after the other. */
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    volatile int breakAfter = Integer.MAX_VALUE;
    volatile String refusal = "";
    private volatile @Nullable UUID underWay;
    private volatile int before;

    /** Bytes of the present picture. */
    private int held() {
        return bytes.size() - before;
    }

    StreamObserver<EvidenceUpload> take(StreamObserver<io.fengsui.protocol.wire.v1.EvidenceReceipt> answers) {
        return new StreamObserver<>() {
            private @Nullable EvidenceOffer offer;
            private boolean broken;

            @Override
            public void onNext(EvidenceUpload message) {
                try {
                    take(message);
                } catch (MalformedMessageException e) {
                    throw new IllegalStateException(e);
                }
            }

            private void take(EvidenceUpload message) throws MalformedMessageException {
                if (message.hasOffer()) {
                    EvidenceOffer offered = WireEvidence.fromMessage(message.getOffer());
                    offer = offered;
                    offers.add(offered);
                    if (!offered.evidence().equals(underWay)) {
                        underWay = offered.evidence();
                        before = bytes.size();
                    }
                    answers.onNext(
                            WireEvidence.toMessage(new EvidenceReceipt(offered.evidence(), held(), false, refusal)));
                    return;
                }
                EvidenceChunk chunk = WireEvidence.fromMessage(message.getChunk());
                EvidenceOffer offered = offer;
                if (broken || offered == null || chunk.offset() != held()) {
                    return;
                }
                bytes.writeBytes(chunk.data());
                if (bytes.size() >= breakAfter) {
                    breakAfter = Integer.MAX_VALUE;
                    broken = true;
                    answers.onError(Status.UNAVAILABLE.asException());
                } else {
                    boolean isWhole = held() == offered.size();
                    answers.onNext(
                            WireEvidence.toMessage(new EvidenceReceipt(offered.evidence(), held(), isWhole, "")));
                }
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                if (!broken) {
                    answers.onCompleted();
                }
            }
        };
    }
}
