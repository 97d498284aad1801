package io.fengsui.systemtests.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/** What runs in the agent's processes because of {@link Poison}; on its own, without another class of the tests. */
public final class PoisonTrap {
    static final String BYTES = "poison.bin";

    /** No program has anything so far down. */
    private static final long NOWHERE = 4096;

    private static final byte[] FATAL = load();

    private PoisonTrap() {}

    private static byte[] load() {
        try (InputStream in = Objects.requireNonNull(PoisonTrap.class.getResourceAsStream("/" + BYTES), BYTES)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called with each range of pictures; the agent, which has them too, lives on. */
    public static void taste(List<byte[]> units) {
        boolean isWorker = System.getProperty("logback.configurationFile", "").contains("worker");
        if (isWorker && units.stream().anyMatch(PoisonTrap::isFatal)) {
            MemorySegment.ofAddress(NOWHERE).reinterpret(1).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        }
    }

    private static boolean isFatal(byte[] unit) {
        for (int from = 0; from + FATAL.length <= unit.length; from++) {
            int same = 0;
            while (same < FATAL.length && unit[from + same] == FATAL[same]) {
                same++;
            }
            if (same == FATAL.length) {
                return true;
            }
        }
        return false;
    }
}
