package io.fengsui.hub.journal;

import io.fengsui.hub.shard.input.JournalEntry;
import java.util.List;

/** The committed inputs of one shard, by offset from 1 on without a gap. Thread-safe. */
public interface Journal {
    /** Entries after an offset, in order; fewer than {@code limit} only at the end. */
    List<JournalEntry> after(long offset, int limit);
}
