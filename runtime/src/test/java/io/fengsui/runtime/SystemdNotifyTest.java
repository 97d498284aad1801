package io.fengsui.runtime;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdNotifyTest {
    private static final int UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int DO_NOT_WAIT = 0x40;

    @TempDir
    Path folder;

    @Test
    void sendsADatagramAMessageToTheSocketThatIsNamed() throws Throwable {
        String path = folder.resolve("notify").toString();
        int receiver = receiver(path);
        SystemdNotify notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", path)::get);
        notify.ready();
        notify.alive();
        notify.stopping();
        assertThat(receive(receiver)).isEqualTo("READY=1");
        assertThat(receive(receiver)).isEqualTo("WATCHDOG=1");
        assertThat(receive(receiver)).isEqualTo("STOPPING=1");
        assertThat((int) call("close", JAVA_INT, JAVA_INT).invoke(receiver)).isZero();
    }

    @Test
    void sendsToTheAbstractNamespaceToo() throws Throwable {
        String name = "fengsui-test-" + ProcessHandle.current().pid();
        int receiver = receiver("\0" + name);
        SystemdNotify.of(Map.of("NOTIFY_SOCKET", "@" + name)::get).ready();
        assertThat(receive(receiver)).isEqualTo("READY=1");
        assertThat((int) call("close", JAVA_INT, JAVA_INT).invoke(receiver)).isZero();
    }

    @Test
    void readsTheWatchdogsPatience() {
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "30000000")::get).watchdog())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(SystemdNotify.of(name -> null).watchdog()).isZero();
        assertThat(SystemdNotify.of(Map.of("WATCHDOG_USEC", "soon")::get).watchdog())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "/no/such/socket"})
    void nobodyThereIsNoError(String socket) {
        SystemdNotify notify = SystemdNotify.of(Map.of("NOTIFY_SOCKET", socket)::get);
        assertThatCode(notify::ready).doesNotThrowAnyException();
    }

    private static int receiver(String path) throws Throwable {
        int receiver =
                (int) call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT).invoke(UNIX, DATAGRAM, 0);
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = path.getBytes(UTF_8);
            MemorySegment address = arena.allocate(110);
            address.set(JAVA_SHORT, 0, (short) UNIX);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 2, bytes.length);
            int length = 2 + bytes.length + (bytes[0] == 0 ? 0 : 1);
            assertThat((int) call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT).invoke(receiver, address, length))
                    .isZero();
        }
        return receiver;
    }

    /** The datagram is there already: sending is synchronous on one machine. */
    private static String receive(int receiver) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(256);
            long size = (long) call("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)
                    .invoke(receiver, buffer, 256L, DO_NOT_WAIT);
            assertThat(size).isPositive();
            return new String(buffer.asSlice(0, size).toArray(JAVA_BYTE), UTF_8);
        }
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
