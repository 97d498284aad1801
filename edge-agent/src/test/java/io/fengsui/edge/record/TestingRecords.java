package io.fengsui.edge.record;

import java.io.IOException;

/** Writes recordings for tests of other packages. */
public final class TestingRecords {
    private TestingRecords() {}

    public static void write(Segments segments, Entry entry, int times) throws IOException {
        byte[] bytes = EntryCodec.encode(entry);
        for (int i = 0; i < times; i++) {
            segments.append(entry.at(), bytes);
        }
    }
}
