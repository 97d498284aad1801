package io.fengsui.edge.uplink;

import io.fengsui.edge.evidence.EvidenceFiles;
import io.fengsui.edge.evidence.LossReason;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
final class EvidenceSender implements EvidenceTransfer.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceSender.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_SETTLED = 64;

    private final LinkContext context;
    private final EvidenceFiles files;
    private final String edge;
    private final LinkSession session;
    /** Settled here, and not yet in the spool. */
    private final Set<UUID> settled = new LinkedHashSet<>();

    private @Nullable ManagedChannel channel;
    private @Nullable EvidenceTransfer transfer;
    private boolean isPaused;
    private boolean closed;

    EvidenceSender(LinkContext context, EvidenceFiles files, String edge, LinkSession session) {
        this.context = context;
        this.files = files;
        this.edge = edge;
        this.session = session;
    }

    /** Begins or goes on, when it may. */
    @Override
    public void pump() {
        // What is delivered must be written down, or it is sent again.
        boolean isWritten = context.spool().isOpen() && settled.size() < MOST_SETTLED;
        if (closed || isPaused || !isWritten || !session.isUrgentDone()) {
            return;
        }
        EvidenceTransfer current = transfer;
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
        long urgent = context.spool().lane(Lane.URGENT).acknowledged();
        long bulk = context.spool().lane(Lane.BULK).acknowledged();
        int most = settled.size() + 1;
        return context.reader().ask(disk -> disk.sendable(urgent, bulk, most)).stream()
                .filter(row -> !settled.contains(row.id()))
                .findFirst();
    }

    private void begin(EvidenceRow row) throws IOException {
        ManagedChannel open = channel;
        if (open == null) {
            open = HubChannel.open(context.settings(), context.executor());
            channel = open;
        }
        Optional<FileChannel> file = context.reader().askDisk(() -> files.open(row.sha256()));
        if (file.isEmpty()) {
            lost(row, LossReason.FILE_MISSING);
            pumpLater();
            return;
        }
        EvidenceTransfer begun = new EvidenceTransfer(row, file.get(), context.reader(), context.executor(), this);
        transfer = begun;
        EdgeLinkGrpc.newStub(open).uploadEvidence(begun);
        begun.offer(edge);
    }

    /** Not sent again while it is being written; when that comes to nothing, later. */
    private void settle(UUID id, CompletableFuture<Void> written) {
        settled.add(id);
        written.whenComplete((done, failure) -> context.executor().execute(() -> {
            settled.remove(id);
            if (failure != null) {
                pause();
            } else {
                pump();
            }
        }));
    }

    @Override
    public void delivered(EvidenceRow row) {
        context.meters().evidenceDelivered();
        settle(row.id(), context.spool().evidence().delivered(row.id()));
    }

    @Override
    public void lost(EvidenceRow row, LossReason reason) {
        if (reason == LossReason.REFUSED) {
            context.meters().evidenceRefused();
        }
        settle(row.id(), context.spool().evidence().lost(row.id(), reason.label()));
    }

    @Override
    public void ended(boolean isBrokenOff) {
        transfer = null;
        if (!isBrokenOff) {
            pumpLater();
        } else if (!closed) {
            pause();
        }
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
        EvidenceTransfer current = transfer;
        if (current != null) {
            current.abandon();
        }
        ManagedChannel open = channel;
        if (open != null) {
            open.shutdownNow();
        }
    }
}
