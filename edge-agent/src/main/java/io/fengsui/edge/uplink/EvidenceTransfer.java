package io.fengsui.edge.uplink;

import io.fengsui.edge.evidence.LossReason;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One picture on its way: offered, sent from the byte that the hub asks for, at most 64 KiB of it unanswered. It ends once:
 * delivered, refused, unreadable, or broken off. Owns its file. Confined to {@code uplink}.
 */
final class EvidenceTransfer
        implements ClientResponseObserver<EvidenceUpload, io.fengsui.protocol.wire.v1.EvidenceReceipt> {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceTransfer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MOST_UNANSWERED = 64 << 10;

    /** Whose picture it is. */
    interface Owner {
        /** There may be room for more of it. */
        void pump();

        /** The hub has all of it. */
        void delivered(EvidenceRow row);

        /** It will never be there. */
        void lost(EvidenceRow row, LossReason reason);

        /** It is over; {@code isBrokenOff} when it is to be tried again after a pause. */
        void ended(boolean isBrokenOff);
    }

    private final EvidenceRow row;
    private final FileChannel file;
    private final PatientReader disk;
    private final ScheduledExecutorService executor;
    private final Owner owner;
    private @Nullable ClientCallStreamObserver<EvidenceUpload> stream;
    private long offset = -1;
    private long answered = -1;
    private boolean ended;

    EvidenceTransfer(
            EvidenceRow row, FileChannel file, PatientReader disk, ScheduledExecutorService executor, Owner owner) {
        this.row = row;
        this.file = file;
        this.disk = disk;
        this.executor = executor;
        this.owner = owner;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<EvidenceUpload> requests) {
        stream = requests;
        requests.setOnReadyHandler(owner::pump);
    }

    void offer(String edge) {
        send(WireEvidence.toMessage(
                new EvidenceOffer(edge, row.event(), row.id(), row.mediaType(), row.sha256(), row.size())));
        watch();
    }

    /** However long a picture takes on a thin line: as long as it moves, it goes on. */
    private void watch() {
        long before = answered;
        executor.schedule(
                () -> {
                    if (ended) {
                        return;
                    } else if (answered == before) {
                        fail("no answer in time");
                    } else {
                        watch();
                    }
                },
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void send(EvidenceUpload message) {
        ClientCallStreamObserver<EvidenceUpload> requests = stream;
        if (!ended && requests != null) {
            requests.onNext(message);
        }
    }

    void pump() {
        ClientCallStreamObserver<EvidenceUpload> requests = stream;
        if (requests == null || offset < 0) {
            return;
        }
        try {
            while (!ended && offset < row.size() && hasRoom() && requests.isReady()) {
                long from = offset;
                byte[] chunk = disk.askDisk(() -> read(from));
                send(WireEvidence.toMessage(new EvidenceChunk(row.id(), from, chunk)));
                offset += chunk.length;
            }
        } catch (SpoolException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.error("evidence file cannot be read, the picture is lost: evidence={}", row.id(), e);
            owner.lost(row, LossReason.FILE_MISSING);
            abandon();
            owner.ended(false);
        }
    }

    /** On the disk's thread. */
    private byte[] read(long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(EvidenceChunk.MAX_BYTES, row.size() - from));
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            // Until the chunk is full.
        }
        if (buffer.hasRemaining()) {
            throw new IOException("the file ends at " + (from + buffer.position()));
        }
        return buffer.array();
    }

    private boolean hasRoom() {
        return offset - answered + EvidenceChunk.MAX_BYTES <= MOST_UNANSWERED;
    }

    @Override
    public void onNext(io.fengsui.protocol.wire.v1.EvidenceReceipt message) {
        if (ended) {
            return;
        }
        EvidenceReceipt receipt;
        try {
            receipt = WireEvidence.fromMessage(message);
        } catch (MalformedMessageException e) {
            fail("the hub broke the contract: " + e.getMessage());
            return;
        }
        if (!receipt.refused().isEmpty()) {
            LOG.warn("hub refuses a picture: evidence={} reason={}", row.id(), receipt.refused());
            owner.lost(row, LossReason.REFUSED);
            finish();
        } else if (receipt.isComplete()) {
            owner.delivered(row);
            finish();
        } else if (offset < 0 && receipt.offset() <= row.size()) {
            offset = receipt.offset();
            answered = offset;
            owner.pump();
        } else if (receipt.offset() > answered && receipt.offset() <= offset) {
            answered = receipt.offset();
            owner.pump();
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(Status.fromThrowable(error).getCode().name());
    }

    @Override
    public void onCompleted() {
        fail("the hub ended the call");
    }

    private void finish() {
        ClientCallStreamObserver<EvidenceUpload> requests = stream;
        if (requests != null) {
            requests.onCompleted();
        }
        release();
        owner.ended(false);
    }

    private void fail(String reason) {
        if (!ended) {
            LOG.info("picture broke off and is sent again later: evidence={} reason={}", row.id(), reason);
            abandon();
            owner.ended(true);
        }
    }

    void abandon() {
        ClientCallStreamObserver<EvidenceUpload> requests = stream;
        if (!ended && requests != null) {
            release();
            requests.cancel("broken off", null);
        }
    }

    private void release() {
        ended = true;
        // It may be read just now, by a disk that does not answer: closing it would wait for that.
        disk.later(this::closeFile);
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("evidence file could not be closed: {}", e.getMessage());
        }
    }
}
