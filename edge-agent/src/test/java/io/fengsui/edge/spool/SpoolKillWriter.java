package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.TimeSource;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process to be killed: writes batches without end and tells each id after its commit. */
public final class SpoolKillWriter {
    private SpoolKillWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), TimeSource.system());
                PrintStream told =
                        new PrintStream(new FileOutputStream(arguments[1], true), false, StandardCharsets.UTF_8)) {
            int size = 1;
            while (true) {
                List<Event> batch = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    batch.add(TestingEvents.event(i % 2 == 0 ? Lane.URGENT : Lane.BULK, Phase.INSTANT));
                }
                size = size % 40 + 1;
                batch.forEach(event -> spool.append(TestingEvents.slot(event)));
                if (spool.commit()) {
                    batch.forEach(event -> told.println(event.id()));
                    told.flush();
                }
            }
        }
    }
}
