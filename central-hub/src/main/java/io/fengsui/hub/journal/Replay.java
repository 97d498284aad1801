package io.fengsui.hub.journal;

import io.fengsui.hub.shard.input.JournalEntry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes through a journal from its beginning. Given to the stages of an empty database it makes the same tickets again:
 * they are a function of the journal's order and times.
 */
public final class Replay {
    private static final int PAGE = 1_000;

    private final Journal journal;

    public Replay(Journal journal) {
        this.journal = journal;
    }

    /** Hands over pages of entries in order; answers the offset of the last. */
    public long run(long after, Consumer<List<JournalEntry>> pages) {
        long offset = after;
        while (true) {
            List<JournalEntry> page = journal.after(offset, PAGE);
            if (page.isEmpty()) {
                return offset;
            }
            for (JournalEntry entry : page) {
                if (entry.offset() != offset + 1) {
                    throw new IllegalStateException("the journal has a gap after offset " + offset);
                }
                offset = entry.offset();
            }
            pages.accept(page);
        }
    }
}
