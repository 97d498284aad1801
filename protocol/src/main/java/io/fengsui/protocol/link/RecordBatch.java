package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Checks;
import java.util.List;

/** Records of one lane, their sequences ascending without a gap. */
public record RecordBatch(Lane lane, String epoch, List<LaneRecord> records) {
    public static final int MAX_RECORDS = 4096;

    public RecordBatch {
        Checks.id("epoch", epoch);
        Checks.count("records", records.size(), MAX_RECORDS);
        records = List.copyOf(records);
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).sequence() != records.get(i - 1).sequence() + 1) {
                throw new IllegalArgumentException(
                        "gap after sequence " + records.get(i - 1).sequence());
            }
        }
    }
}
