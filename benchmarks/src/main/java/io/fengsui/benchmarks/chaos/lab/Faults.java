package io.fengsui.benchmarks.chaos.lab;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * The file through which faults come into the system calls of a program that was started with {@link #environment}; see
 * {@code scripts/chaos.d/faults.c}, whose layout this is.
 */
public final class Faults {
    /** Calls that count. */
    public static final int WRITES = 1;

    public static final int SYNCS = 2;

    /** Input/output error. */
    public static final int EIO = 5;

    /** No space left on device. */
    public static final int ENOSPC = 28;

    private static final int BYTES = 64;
    private static final int MODE = 0;
    private static final int CALLS = 4;
    private static final int COUNTDOWN = 8;
    private static final int ERROR = 12;
    private static final int DELAY = 16;
    private static final int SEEN = 24;
    private static final int HIT = 32;
    private static final int CLOCK = 40;
    private static final int DONE = 48;
    private static final int BAD = 56;

    private final Path file;
    private final MappedByteBuffer control;

    /** Makes the file, or takes the one that is there. */
    public Faults(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        }
        control.order(ByteOrder.nativeOrder());
    }

    /** What a program is started with; of its files those whose path contains {@code files} can be harmed. */
    public Map<String, String> environment(Path shim, String files) {
        return Map.of("LD_PRELOAD", shim.toString(), "CHAOS_FAULTS", file.toString(), "CHAOS_FILES", files);
    }

    /** The n-th of these calls from now on fails so; all that follow too, if it does not stop. */
    public void failNth(int calls, int nth, int error, boolean isLasting) {
        beginAnew();
        control.putInt(CALLS, calls).putInt(COUNTDOWN, nth).putInt(ERROR, error);
        control.putInt(MODE, isLasting ? 2 : 1);
    }

    /** The program dies, by SIGKILL, before the n-th of these calls. */
    public void dieAtNth(int calls, int nth) {
        beginAnew();
        control.putInt(CALLS, calls).putInt(COUNTDOWN, nth);
        control.putInt(MODE, 3);
    }

    /** Each of these calls takes so much longer. */
    public void delay(int calls, Duration by) {
        beginAnew();
        control.putInt(CALLS, calls).putLong(DELAY, by.toNanos() / 1000);
        control.putInt(MODE, 4);
    }

    /** From now on each of these calls takes this much longer; those that are under way are not hurried. */
    public void delayNext(Duration by) {
        control.putLong(DELAY, by.toNanos() / 1000);
    }

    /**
     * This byte of a file cannot be read, nor what is read with it; it can be written.
     *
     * @param isDatabase of the file that has just the name, or of the first that is read there
     */
    public void badPlace(boolean isDatabase, long at) {
        beginAnew();
        control.putLong(BAD, at).putInt(COUNTDOWN, isDatabase ? 1 : 0);
        control.putInt(MODE, 5);
    }

    /** The disk is well again. */
    public void off() {
        control.putInt(MODE, 0);
    }

    private void beginAnew() {
        off();
        control.putLong(SEEN, 0).putLong(HIT, 0).putLong(DONE, 0);
    }

    /** Faults that happened since the last was asked for. */
    public long hit() {
        return control.getLong(HIT);
    }

    /** Calls that counted, each from its beginning on. */
    public long begun() {
        return control.getLong(SEEN);
    }

    /** Fsyncs of those that {@link #delay} made slow that are over. */
    public long done() {
        return control.getLong(DONE);
    }

    /** What is added to the wall clock. */
    public void clock(Duration added) {
        control.putLong(CLOCK, added.toMillis());
    }
}
