package io.fengsui.edge.uplink;

import io.fengsui.edge.evidence.EvidenceFiles;
import io.fengsui.edge.evidence.LossReason;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends pictures one at a time over a connection of their own, and only while no urgent record waits. At most 64 KiB are on
 * their way: the hub answers each chunk, and only what it answered for makes room (a buffer of the system's that took a
 * megabyte would keep a thin line busy for seconds). What breaks off goes on from the byte that the hub asks for. Confined
 * to {@code uplink}.
 */
final class EvidenceSender {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int REMEMBERED = 64;
    private static final long MOST_UNANSWERED = 64 << 10;

    private final LinkContext context;
    private final EvidenceFiles files;
    private final String edge;
    private final LinkSession session;
    /** Settled here, and perhaps not yet in the spool. */
    private final Set<UUID> settled = new LinkedHashSet<>();

    private @Nullable ManagedChannel channel;
    private @Nullable Transfer transfer;
    private boolean isPaused;
    private boolean closed;

    EvidenceSender(LinkContext context, EvidenceFiles files, String edge, LinkSession session) {
        this.context = context;
        this.files = files;
        this.edge = edge;
        this.session = session;
    }

    /** Begins or goes on, when it may. */
    void pump() {
        if (closed || isPaused || !session.isUrgentDone()) {
            return;
        }
        Transfer current = transfer;
        if (current != null) {
            current.pump();
            return;
        }
        try {
            Optional<EvidenceRow> row = next();
            if (row.isPresent()) {
                begin(row.get());
            }
        } catch (SpoolException | IOException e) {
            LOG.warn("picture cannot be sent now: {}", e.getMessage());
            pause();
        }
    }

    private Optional<EvidenceRow> next() {
        return context
                .reader()
                .sendable(
                        context.spool().lane(Lane.URGENT).acknowledged(),
                        context.spool().lane(Lane.BULK).acknowledged(),
                        settled.size() + 1)
                .stream()
                .filter(row -> !settled.contains(row.id()))
                .findFirst();
    }

    private void begin(EvidenceRow row) throws IOException {
        Optional<FileChannel> file = files.open(row.sha256());
        if (file.isEmpty()) {
            lose(row, LossReason.FILE_MISSING);
            pumpLater();
            return;
        }
        ManagedChannel open = channel;
        if (open == null) {
            open = HubChannel.open(context.settings(), context.executor());
            channel = open;
        }
        Transfer begun = new Transfer(row, file.get());
        transfer = begun;
        EdgeLinkGrpc.newStub(open).uploadEvidence(begun);
        begun.offer();
    }

    private void settle(UUID id) {
        if (settled.size() >= REMEMBERED) {
            settled.remove(settled.iterator().next());
        }
        settled.add(id);
    }

    private void lose(EvidenceRow row, LossReason reason) {
        settle(row.id());
        context.spool().evidence().lost(row.id(), reason.label());
    }

    private void pumpLater() {
        context.executor().execute(this::pump);
    }

    private void pause() {
        isPaused = true;
        context.executor()
                .schedule(
                        () -> {
                            isPaused = false;
                            pump();
                        },
                        PAUSE.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    void close() {
        closed = true;
        Transfer current = transfer;
        if (current != null) {
            current.abandon();
        }
        ManagedChannel open = channel;
        if (open != null) {
            open.shutdownNow();
        }
    }

    /** One picture on its way. */
    private final class Transfer
            implements ClientResponseObserver<EvidenceUpload, io.fengsui.protocol.wire.v1.EvidenceReceipt> {
        private final EvidenceRow row;
        private final FileChannel file;
        private @Nullable ClientCallStreamObserver<EvidenceUpload> stream;
        private long offset = -1;
        private long answered = -1;
        private boolean ended;

        Transfer(EvidenceRow row, FileChannel file) {
            this.row = row;
            this.file = file;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<EvidenceUpload> requests) {
            stream = requests;
            requests.setOnReadyHandler(EvidenceSender.this::pump);
        }

        void offer() {
            send(WireEvidence.toMessage(
                    new EvidenceOffer(edge, row.event(), row.id(), row.mediaType(), row.sha256(), row.size())));
            watch();
        }

        /** However long a picture takes on a thin line: as long as it moves, it goes on. */
        private void watch() {
            long before = answered;
            context.executor()
                    .schedule(
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
                    ByteBuffer buffer =
                            ByteBuffer.allocate((int) Math.min(EvidenceChunk.MAX_BYTES, row.size() - offset));
                    while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {
                        // Until the chunk is full.
                    }
                    if (buffer.hasRemaining()) {
                        throw new IOException("the file ends at " + (offset + buffer.position()));
                    }
                    send(WireEvidence.toMessage(new EvidenceChunk(row.id(), offset, buffer.array())));
                    offset += buffer.capacity();
                }
            } catch (IOException e) {
                LOG.error("evidence file cannot be read: evidence={}", row.id(), e);
                lose(row, LossReason.FILE_MISSING);
                fail("the file cannot be read");
            }
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
                context.meters().evidenceRefused();
                lose(row, LossReason.REFUSED);
                finish();
            } else if (receipt.isComplete()) {
                settle(row.id());
                context.meters().evidenceDelivered();
                context.spool().evidence().delivered(row.id());
                finish();
            } else if (offset < 0 && receipt.offset() <= row.size()) {
                offset = receipt.offset();
                answered = offset;
                EvidenceSender.this.pump();
            } else if (receipt.offset() > answered && receipt.offset() <= offset) {
                answered = receipt.offset();
                EvidenceSender.this.pump();
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
            pumpLater();
        }

        private void fail(String reason) {
            if (!ended) {
                LOG.info("picture broke off and is sent again later: evidence={} reason={}", row.id(), reason);
                abandon();
                if (!closed) {
                    pause();
                }
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
            transfer = null;
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("evidence file could not be closed: {}", e.getMessage());
            }
        }
    }
}
