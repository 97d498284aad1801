package io.fengsui.edge.app;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hears what a program tells systemd: a datagram socket, which the JDK has not. Confined to one thread. */
final class TestingNotifySocket {
    private static final int UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int DO_NOT_WAIT = 0x40;

    private final int descriptor;
    private final List<String> heard = new ArrayList<>();

    TestingNotifySocket(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            descriptor =
                    (int) call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT).invoke(UNIX, DATAGRAM, 0);
            byte[] bytes = path.toString().getBytes(UTF_8);
            MemorySegment address = arena.allocate(110);
            address.set(JAVA_SHORT, 0, (short) UNIX);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 2, bytes.length);
            int bound =
                    (int) call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT).invoke(descriptor, address, 110);
            if (descriptor < 0 || bound != 0) {
                throw new AssertionError("no socket at " + path);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** All that was heard so far. */
    List<String> heard() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(256);
            MethodHandle receive = call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
            long size;
            while ((size = (long) receive.invoke(descriptor, buffer, 256L, DO_NOT_WAIT)) > 0) {
                heard.add(new String(buffer.asSlice(0, size).toArray(JAVA_BYTE), UTF_8));
            }
            return heard;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
