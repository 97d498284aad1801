package io.fengsui.fieldsim.library;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the system's ffmpeg. What it says goes to a file, and into the exception when it fails. Confined to its caller's thread. */
final class FfmpegProcess {
    private static final int MAX_SAID = 2000;
    private static final long PATIENCE_MINUTES = 30;

    private FfmpegProcess() {}

    /** What is written to its input. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    static void run(List<String> arguments, Path said, Source input) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("ffmpeg cannot be started; install the package ffmpeg", e);
        }
        IOException broken = null;
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
            input.writeTo(out);
        } catch (IOException e) {
            // It tells the reason itself.
            broken = e;
        }
        boolean hasEnded = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!hasEnded) {
            process.destroyForcibly();
        }
        if (!hasEnded || process.exitValue() != 0 || broken != null) {
            String text = Files.readString(said);
            throw new IOException(
                    "ffmpeg failed: "
                            + text.substring(0, Math.min(MAX_SAID, text.length()))
                                    .strip(),
                    broken);
        }
    }
}
