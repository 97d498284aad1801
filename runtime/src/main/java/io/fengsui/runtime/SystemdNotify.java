package io.fengsui.runtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the program is (sd_notify(3)): one datagram a message to the socket that {@code NOTIFY_SOCKET} names,
 * which the JDK cannot send by itself. Does nothing where nobody asked; never throws. Thread-safe.
 */
public final class SystemdNotify {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
    private static final int UNIX = 1;
    private static final int DATAGRAM_CLOSED_ON_EXEC = 2 | 0x80000;
    private static final int MAX_PATH = 108;

    private final @Nullable String socket;
    private final Duration watchdog;
    private final AtomicBoolean isTold = new AtomicBoolean();

    private SystemdNotify(@Nullable String socket, Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** @param environment gives a variable's value, or null */
    public static SystemdNotify of(Function<String, @Nullable String> environment) {
        String socket = environment.apply("NOTIFY_SOCKET");
        boolean isUsable = socket != null
                && (socket.startsWith("/") || socket.startsWith("@"))
                && socket.getBytes(UTF_8).length < MAX_PATH;
        return new SystemdNotify(isUsable ? socket : null, watchdog(environment.apply("WATCHDOG_USEC")));
    }

    private static Duration watchdog(@Nullable String micros) {
        try {
            return micros == null
                    ? Duration.ZERO
                    : Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1_000L));
        } catch (ArithmeticException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** How long systemd waits for a word of {@link #alive} before it kills; zero: for ever. */
    public Duration watchdog() {
        return watchdog;
    }

    public void ready() {
        send("READY=1");
    }

    /** The program works. To be told a few times within {@link #watchdog}. */
    public void alive() {
        send("WATCHDOG=1");
    }

    public void stopping() {
        send("STOPPING=1");
    }

    private void send(String message) {
        if (socket == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = message.getBytes(UTF_8);
            byte[] path = socket.getBytes(UTF_8);
            if (path[0] == '@') {
                path[0] = 0; // the abstract namespace
            }
            MemorySegment address = arena.allocate(2 + MAX_PATH);
            address.set(JAVA_SHORT, 0, (short) UNIX);
            MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
            int descriptor = (int) Calls.SOCKET.invokeExact(UNIX, DATAGRAM_CLOSED_ON_EXEC, 0);
            if (descriptor < 0) {
                tell("no socket was to be had");
                return;
            }
            int length = 2 + path.length + (path[0] == 0 ? 0 : 1);
            long sent = (long) Calls.SEND_TO.invokeExact(descriptor, text, (long) bytes.length, 0, address, length);
            int closed = (int) Calls.CLOSE.invokeExact(descriptor);
            if (sent != bytes.length || closed != 0) {
                tell("the datagram was not taken");
            }
        } catch (Throwable e) { // a method handle may throw anything
            tell(e.toString());
        }
    }

    private void tell(String why) {
        if (isTold.compareAndSet(false, true)) {
            LOG.warn("systemd cannot be told how the program is socket={}: {}", socket, why);
        }
    }

    /** The C library's functions; found when first needed. */
    private static final class Calls {
        static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle SEND_TO =
                call("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

        private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
        }
    }
}
