package io.fengsui.edge.vision.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Linux knows and lets us say about this process (proc(5)). Elsewhere it says and does nothing. */
final class OwnProcess {
    private static final Logger LOG = LoggerFactory.getLogger(OwnProcess.class);
    private static final Path OOM_SCORE = Path.of("/proc/self/oom_score_adj");
    private static final Path STATUS = Path.of("/proc/self/status");

    private OwnProcess() {}

    /** When memory runs out this process is to be ended first: the agent starts another, and loses nothing. */
    static void preferForOomKiller() {
        try {
            Files.writeString(OOM_SCORE, "1000", StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.info("the order of the OOM killer stays as it is: {}", e.toString());
        }
    }

    /** Memory held, shared libraries with it; 0 when not known. */
    static long rssBytes() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.debug("memory is not known", e);
        }
        return 0;
    }
}
