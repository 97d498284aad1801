package io.fengsui.hub.intake.evidence;

import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes evidence of one edge, one file after another. Complete is said only once the file is durable and its row is
 * committed. Calls come one at a time, on a thread that may block.
 */
public final class EvidenceReceiver implements StreamObserver<EvidenceUpload> {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceReceiver.class);

    private final EvidenceStore store;
    private final EvidenceLog log;
    private final LongConsumer took;
    private final StreamObserver<io.fengsui.protocol.wire.v1.EvidenceReceipt> out;
    private @Nullable StoredEvidence offered;
    private EvidenceStore.@Nullable Transfer transfer;
    private int waiting;
    private boolean isHalfClosed;
    private boolean isOver;

    /** @param took told of the size of each file that came whole */
    public EvidenceReceiver(
            EvidenceStore store,
            EvidenceLog log,
            LongConsumer took,
            StreamObserver<io.fengsui.protocol.wire.v1.EvidenceReceipt> out) {
        this.store = store;
        this.log = log;
        this.took = took;
        this.out = out;
    }

    @Override
    public synchronized void onNext(EvidenceUpload message) {
        if (isOver) {
            return;
        }
        try {
            switch (message.getMessageCase()) {
                case OFFER -> offer(WireEvidence.fromMessage(message.getOffer()));
                case CHUNK -> chunk(WireEvidence.fromMessage(message.getChunk()));
                case MESSAGE_NOT_SET -> LOG.debug("passed over a word of a later version");
            }
        } catch (MalformedMessageException e) {
            fail(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
        } catch (IllegalStateException e) {
            fail(Status.UNAVAILABLE.withDescription("a newer transfer has this file"));
        } catch (RuntimeException e) {
            LOG.warn("evidence could not be written", e);
            fail(Status.UNAVAILABLE.withDescription("the hub cannot write now"));
        }
    }

    private void offer(EvidenceOffer offer) {
        letGo();
        StoredEvidence wanted = new StoredEvidence(
                offer.edge(), offer.event(), offer.evidence(), offer.mediaType(), offer.sha256(), offer.size());
        offered = wanted;
        try {
            EvidenceStore.Transfer begun = store.begin(wanted);
            transfer = begun;
            proceed(wanted, begun, true);
        } catch (EvidenceRefusedException e) {
            refuse(wanted.id(), e);
        }
    }

    private void chunk(EvidenceChunk chunk) throws MalformedMessageException {
        if (offered == null || transfer == null || !offered.id().equals(chunk.evidence())) {
            throw new MalformedMessageException("a chunk of evidence that was not offered: " + chunk.evidence());
        }
        if (chunk.offset() != transfer.offset()) {
            // The edge sent on from elsewhere: tell it where.
            receipt(offered.id(), transfer.offset(), false, "");
            return;
        }
        try {
            transfer.write(chunk.data());
            proceed(offered, transfer, false);
        } catch (EvidenceRefusedException e) {
            refuse(offered.id(), e);
        }
    }

    private void proceed(StoredEvidence evidence, EvidenceStore.Transfer at, boolean isKnownWhole) {
        if (!at.isComplete()) {
            receipt(evidence.id(), at.offset(), false, "");
            return;
        }
        letGo();
        if (!isKnownWhole) {
            took.accept(evidence.size());
        }
        waiting++;
        if (!log.stored(evidence, () -> onStored(evidence), this::onLost)) {
            waiting--;
            fail(Status.UNAVAILABLE.withDescription("the hub is busy"));
        }
    }

    private synchronized void onStored(StoredEvidence evidence) {
        waiting--;
        receipt(evidence.id(), evidence.size(), true, "");
        endWhenDone();
    }

    private synchronized void onLost() {
        waiting--;
        if (!isOver) {
            fail(Status.UNAVAILABLE.withDescription("the hub cannot write now"));
        }
    }

    private void refuse(UUID id, EvidenceRefusedException why) {
        LOG.warn("evidence refused evidence={}: {}", id, why.getMessage());
        letGo();
        receipt(id, 0, false, String.valueOf(why.getMessage()));
    }

    private synchronized void receipt(UUID id, long offset, boolean isComplete, String refused) {
        if (!isOver) {
            out.onNext(WireEvidence.toMessage(new EvidenceReceipt(id, offset, isComplete, refused)));
        }
    }

    private void fail(Status status) {
        letGo();
        isOver = true;
        out.onError(status.asRuntimeException());
    }

    private void letGo() {
        if (transfer != null) {
            transfer.close();
            transfer = null;
        }
    }

    @Override
    public synchronized void onError(Throwable error) {
        letGo();
        isOver = true;
    }

    @Override
    public synchronized void onCompleted() {
        letGo();
        isHalfClosed = true;
        endWhenDone();
    }

    /** The edge has said its last word, and every file that is whole has been answered. */
    private void endWhenDone() {
        if (isHalfClosed && waiting == 0 && !isOver) {
            isOver = true;
            out.onCompleted();
        }
    }
}
