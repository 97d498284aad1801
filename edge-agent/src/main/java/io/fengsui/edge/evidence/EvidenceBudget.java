package io.fengsui.edge.evidence;

import io.fengsui.edge.spool.EvidenceLedger;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Keeps the files within their budget, and within what others leave of the disk: what the hub has goes first, oldest first,
 * then the oldest it has not, each told as lost. A picture whose file cannot be removed makes no room, so it is not given up, and
 * while the spool is not open none is. Confined to {@code evidence}.
 */
final class EvidenceBudget {
    private static final int STEP = 64;
    /** After so many files that cannot be removed the disk is no better at the next. */
    private static final int MOST_KEPT = 32;

    private static final int REMEMBERED = 4 * STEP;

    private final long maxBytes;
    private final long freeBytes;
    private final EvidenceFiles files;
    private final SpoolReader reader;
    private final EvidenceLedger ledger;
    private final BooleanSupplier isSpoolOpen;
    private final Consumer<EvidenceRow> onEvicted;
    /** Rows given up whose change is not committed yet. */
    private final Map<UUID, Boolean> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    EvidenceBudget(
            EvidenceSettings settings,
            EvidenceFiles files,
            SpoolReader reader,
            EvidenceLedger ledger,
            BooleanSupplier isSpoolOpen,
            Consumer<EvidenceRow> onEvicted) {
        this.maxBytes = settings.maxBytes();
        this.freeBytes = settings.freeBytes();
        this.files = files;
        this.reader = reader;
        this.ledger = ledger;
        this.isSpoolOpen = isSpoolOpen;
        this.onEvicted = onEvicted;
    }

    /** Makes room for a file; false when there is nothing left to give up. */
    boolean makeRoom(long bytes) {
        if (bytes > maxBytes) {
            return false;
        }
        giveUp(EvidenceRow.State.DELIVERED, bytes);
        giveUp(EvidenceRow.State.READY, bytes);
        return hasRoom(bytes);
    }

    /** Gives files up while the disk has less left than events may need; called now and then. */
    void keepFree() {
        giveUp(EvidenceRow.State.DELIVERED, 0);
        giveUp(EvidenceRow.State.READY, 0);
    }

    private boolean hasRoom(long bytes) {
        return files.bytes() + bytes <= maxBytes && files.usable() - bytes >= freeBytes;
    }

    private void giveUp(EvidenceRow.State state, long bytes) {
        if (hasRoom(bytes) || !isSpoolOpen.getAsBoolean()) {
            return;
        }
        int kept = 0;
        for (EvidenceRow row : reader.evidence(state, STEP + gone.size())) {
            if (hasRoom(bytes)) {
                return;
            }
            if (gone.put(row.id(), true) != null || isShared(row)) {
                continue;
            }
            if (!files.delete(row.sha256())) {
                gone.remove(row.id());
                if (++kept == MOST_KEPT) {
                    return;
                }
                continue;
            }
            if (state == EvidenceRow.State.DELIVERED) {
                ledger.forget(row.id());
            } else {
                ledger.givenUp(row.id(), LossReason.EVICTED.label());
                onEvicted.accept(row);
            }
        }
    }

    /** Whether another picture that is still wanted has the same bytes. */
    private boolean isShared(EvidenceRow row) {
        List<EvidenceRow> same = reader.evidenceWithHash(row.sha256().hex(), STEP);
        return same.stream()
                .anyMatch(other -> !other.id().equals(row.id())
                        && !gone.containsKey(other.id())
                        && (other.state() == EvidenceRow.State.READY || other.state() == EvidenceRow.State.TAKEN));
    }
}
