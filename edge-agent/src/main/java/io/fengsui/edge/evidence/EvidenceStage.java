package io.fengsui.edge.evidence;

import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.spool.EvidenceLedger;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pictures one after the other. Invariant: every promise ends as taken or lost with a reason, also after a restart:
 * the row is born with the promising event, and what is found pending at a start is settled then.
 *
 * <p>Bounded queue; when it is full the newest request is lost and told so. Outcomes are given on {@code evidence},
 * {@code ring-spool}, or on the caller of {@link #request}: the taker must not block.
 */
public final class EvidenceStage implements PictureRequestSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceStage.class);
    private static final int MAX_PICTURE_BYTES = 8 << 20;
    private static final int MOST_UNSETTLED = 10_000;
    private static final long CLOSE_MILLIS = 5_000;
    /** How often the disk is looked at when nothing is asked for. */
    private static final long LOOK_MILLIS = 2_000;

    private final EvidenceSettings settings;
    private final SnapshotSource source;
    private final EvidenceLedger ledger;
    private final BooleanSupplier isSpoolOpen;
    private final BooleanSupplier isSpoolWhole;
    private final Consumer<PictureOutcome> outcomes;
    private final EvidenceFiles files;
    private final KeptPictures keptPictures;
    private final PictureTaker taker;
    private final SpoolReader reader;
    private final EvidenceBudget budget;
    private final EvidenceMeters meters;
    private final BlockingQueue<PictureRequest> queue;
    private final Thread thread;
    private List<EvidenceRow> unsettled;
    private volatile boolean closed;

    /** Make it before {@code ring-spool} and {@code decide} begin: what is pending now was promised by an earlier run. */
    public EvidenceStage(
            EvidenceSettings settings,
            SnapshotSource source,
            Spool spool,
            Consumer<PictureOutcome> outcomes,
            EvidenceMeters meters)
            throws IOException {
        this.settings = settings;
        this.source = source;
        this.ledger = spool.evidence();
        this.isSpoolOpen = spool::isOpen;
        this.isSpoolWhole = () -> spool.isOpen() && spool.repaired().isClean();
        this.outcomes = outcomes;
        this.files = new EvidenceFiles(settings.directory());
        this.keptPictures = new KeptPictures(settings.directory().resolveSibling("last-seen"));
        this.taker = new PictureTaker(source, keptPictures, settings.patience());
        this.reader = spool.newReader();
        this.meters = meters;
        this.budget = new EvidenceBudget(
                settings, files, reader, ledger, isSpoolOpen, row -> meters.lost(LossReason.EVICTED));
        this.unsettled = left(reader, spool.restored().pictures());
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.thread = RoleThreads.named("evidence", this::run);
        meters.watch(queue::size, files::bytes);
    }

    /** What an earlier run promised: what was read of it at the start, where the spool is just being checked. */
    private static List<EvidenceRow> left(SpoolReader reader, List<EvidenceRow> atTheStart) {
        List<EvidenceRow> left = new ArrayList<>();
        try {
            for (EvidenceRow.State state :
                    List.of(EvidenceRow.State.PENDING, EvidenceRow.State.TAKEN, EvidenceRow.State.READY)) {
                left.addAll(reader.evidence(state, MOST_UNSETTLED));
            }
        } catch (SpoolException e) {
            LOG.warn(
                    "what was promised of pictures cannot be read now, {} are known from before: {}",
                    atTheStart.size(),
                    e.getMessage());
            return atTheStart;
        }
        return left;
    }

    /** Call when {@code decide} knows the events of the earlier run. */
    public void start() {
        thread.start();
    }

    /** The files, for sending. */
    public EvidenceFiles files() {
        return files;
    }

    @Override
    public void request(PictureRequest request) {
        if (closed || !queue.offer(request)) {
            lose(request.event(), request.evidence(), LossReason.QUEUE_FULL);
        }
    }

    @Override
    public void look(String camera) {
        source.look(camera);
    }

    @Override
    public void keep(String name, SnapshotJob job) {
        keptPictures.keep(name, source.snapshot(job));
    }

    /** Nothing thrown ends the thread. */
    private void run() {
        boolean isSettled = false;
        try {
            do {
                try {
                    if (!isSettled) {
                        isSettled = true;
                        settle();
                    }
                    takeNext();
                } catch (RuntimeException | Error e) {
                    meters.failed();
                    LOG.error("picture could not be handled", e);
                }
            } while (!closed);
        } catch (InterruptedException e) {
            LOG.debug("evidence ends");
        }
    }

    private void takeNext() throws InterruptedException {
        PictureRequest next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            budget.keepFree();
        } else {
            take(next);
        }
    }

    private void settle() {
        for (EvidenceRow row : unsettled) {
            boolean isThere = !row.sha256().isNone() && files.exists(row.sha256());
            // On a disk that is ill nothing is given up: what cannot be seen now the next start settles.
            boolean isMissing = isSpoolOpen.getAsBoolean() && (row.sha256().isNone() || files.isMissing(row.sha256()));
            switch (row.state()) {
                case PENDING -> lose(row.event(), row.id(), LossReason.RESTART);
                case TAKEN -> {
                    if (isThere) {
                        outcomes.accept(new PictureOutcome.Taken(row.event(), row.id(), row.sha256(), row.size()));
                    } else if (isMissing) {
                        lose(row.event(), row.id(), LossReason.FILE_MISSING);
                    }
                }
                case READY -> {
                    if (isMissing) {
                        lose(row.event(), row.id(), LossReason.FILE_MISSING);
                    }
                }
                case DELIVERED, LOST -> {}
            }
        }
        unsettled = List.of();
        // What is read of a spool that is not open may be nothing, and every file would be one that nothing refers to.
        // And of one that was just rebuilt rows may be missing: people may still want its pictures.
        if (isSpoolWhole.getAsBoolean()) {
            sweep();
        }
    }

    /** A file whose row was lost would never be given up. */
    private void sweep() {
        try {
            int removed = files.sweep(reader.evidenceHashes());
            if (removed > 0) {
                LOG.warn("evidence files that nothing refers to are removed: files={}", removed);
            }
        } catch (IOException | SpoolException e) {
            LOG.warn("evidence files could not be swept: {}", e.toString());
        }
    }

    private void take(PictureRequest request) throws InterruptedException {
        switch (taker.take(request)) {
            case PictureTaker.None(LossReason why) -> lose(request.event(), request.evidence(), why);
            case PictureTaker.Jpeg(byte[] picture) -> keep(request, picture);
        }
    }

    private void keep(PictureRequest request, byte[] picture) {
        if (picture.length > MAX_PICTURE_BYTES || picture.length > settings.maxBytes()) {
            lose(request.event(), request.evidence(), LossReason.TOO_LARGE);
        } else if (!budget.makeRoom(picture.length)) {
            lose(request.event(), request.evidence(), LossReason.NO_ROOM);
        } else {
            store(request, picture);
        }
    }

    private void store(PictureRequest request, byte[] picture) {
        EventId event = request.event();
        UUID evidence = request.evidence();
        Sha256 sha256;
        try {
            sha256 = files.store(picture);
        } catch (IOException e) {
            LOG.error("picture could not be stored: event={}", event, e);
            lose(event, evidence, LossReason.NOT_STORED);
            return;
        }
        ledger.taken(event, evidence, sha256, picture.length).whenComplete((done, failure) -> {
            if (failure == null) {
                meters.taken();
                outcomes.accept(new PictureOutcome.Taken(event, evidence, sha256, picture.length));
            } else {
                lose(event, evidence, LossReason.NOT_STORED);
            }
        });
    }

    private void lose(EventId event, UUID evidence, LossReason reason) {
        meters.lost(reason);
        switch (reason) {
            case NO_ROOM, EVICTED -> ledger.givenUp(evidence, reason.label());
            case QUEUE_FULL,
                    NO_PICTURE,
                    CAMERA_QUARANTINED,
                    CAMERA_OFFLINE,
                    VISION_OFF,
                    TOO_LARGE,
                    NOT_STORED,
                    RESTART,
                    FILE_MISSING,
                    REFUSED -> ledger.lost(evidence, reason.label());
        }
        outcomes.accept(new PictureOutcome.Lost(event, evidence, reason.label()));
    }

    /** What waits is lost; the next start tells so. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // One that hangs in the disk holds its reader, and closing that would wait for it.
        if (!thread.isAlive()) {
            reader.close();
        }
    }
}
