package io.fengsui.fieldsim.load;

import io.fengsui.fieldsim.library.StreamTruth;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** What truly happened in front of watched cameras, a line of JSON when it begins and one when it ends. Event loop only. */
final class TruthLog implements AutoCloseable {
    private final TimeSource time;
    private final Writer out;

    TruthLog(Path file, TimeSource time) throws IOException {
        this.time = time;
        this.out = Files.newBufferedWriter(file);
    }

    Instant wall() {
        return time.wall();
    }

    /** What is told of a happening: a viewer that came in the middle of it has not seen its beginning. */
    enum Phase {
        BEGIN,
        JOINED,
        END
    }

    /** @param isSent whether the picture went to a viewer, or was lost because it did not take it */
    void tell(LoadCamera camera, StreamTruth.Happening happening, long turn, Phase phase, boolean isSent) {
        Instant now = wall();
        StreamTruth stream = camera.stream().truth();
        String line = String.format(
                Locale.ROOT,
                "{\"camera\":\"%s\",\"stream\":\"%s\",\"kind\":\"%s\",\"size\":\"%s\",\"label\":\"%s\",\"turn\":%d,"
                        + "\"phase\":\"%s\",\"at\":%.3f,\"sent\":%b}%n",
                camera.name(),
                stream.name(),
                stream.kind(),
                happening.size(),
                happening.label(),
                turn,
                phase.name().toLowerCase(Locale.ROOT),
                now.getEpochSecond() + now.getNano() / 1e9,
                isSent);
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
