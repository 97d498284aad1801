package io.fengsui.fieldsim.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets through the proxy to a server that echoes. */
class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private EchoServer server;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
        proxy = FaultProxy.start(0, server.address(), 3, TimeSource.system());
        client = connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private void say(int bytes) throws IOException {
        byte[] said = new byte[bytes];
        Arrays.fill(said, (byte) 7);
        client.getOutputStream().write(said);
    }

    private void assertEchoes(byte[] said) throws IOException {
        Thread sayer = RoleThreads.named("sayer", () -> {
            try {
                client.getOutputStream().write(said);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sayer.start();
        assertThat(client.getInputStream().readNBytes(said.length)).isEqualTo(said);
    }

    private void assertSilent() throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MILLIS);
    }

    private void assertReset() {
        assertThatThrownBy(() -> {
                    while (client.getInputStream().read() >= 0) {
                        client.getOutputStream().write(1);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(9).nextBytes(noise);
        return noise;
    }

    @Test
    void carriesMegabytesBothWaysUnharmed() throws IOException {
        assertEchoes(noise(3 << 20));
        assertThat(proxy.stats()).isEqualTo(new ProxyStats(1, 1, 3 << 20, 3 << 20, 0));
    }

    @Test
    void slicedDelayedAndLostPiecesComeWholeAndInOrder() throws IOException {
        for (Direction way : Direction.values()) {
            proxy.apply(way, new Fault.Slice(31));
            proxy.apply(way, new Fault.Latency(Duration.ofMillis(2), Duration.ofMillis(5)));
            proxy.apply(way, new Fault.Loss(0.01, Duration.ofMillis(1)));
        }
        assertEchoes(noise(100_000));
    }

    @Test
    void aThinLineCarriesEverythingAndKeepsLittleInItself() throws IOException {
        proxy.apply(Direction.UP, new Fault.Throttle(4 << 20));
        assertEchoes(noise(2 << 20));
        assertThat(server.heard.get()).isEqualTo(2 << 20);
    }

    @Test
    void anEndThatClosesEndsTheOther() throws IOException {
        assertEchoes(noise(10));
        client.close();
        await().until(() -> server.open.get() == 0);
        await().until(() -> proxy.stats().open() == 0);
    }

    @Test
    void aCutIsAResetAndOthersMayCome() throws IOException {
        assertEchoes(noise(10));
        proxy.cut();
        assertReset();
        await().until(() -> server.open.get() == 0);
        client = connect();
        assertEchoes(noise(10));
        assertThat(proxy.stats().faults()).isEqualTo(1);
    }

    @Test
    void whoComesWhileItRefusesIsResetUntilItIsHealed() throws IOException {
        proxy.refuse();
        client = connect();
        assertReset();
        proxy.heal();
        client = connect();
        assertEchoes(noise(10));
    }

    @Test
    void aStallLosesNothing() throws IOException {
        proxy.apply(Direction.DOWN, new Fault.Stall());
        say(5);
        await().until(() -> server.heard.get() == 5);
        assertSilent();
        proxy.heal();
        assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
    }

    @Test
    void aSwallowedAnswerIsGoneAndTheStreamIsResetWhenBytesPassAgain() throws IOException {
        proxy.apply(Direction.DOWN, new Fault.Swallow());
        say(5);
        await().until(() -> server.heard.get() == 5);
        assertSilent();
        assertThat(proxy.stats().bytesDown()).isZero();
        proxy.heal();
        assertReset();
    }

    @Test
    void aHalfOpenConnectionTellsNobodyThatTheOtherEndIsGone() throws IOException {
        assertEchoes(noise(10));
        proxy.halfOpen();
        say(5);
        assertSilent();
        client.close();
        client = connect();
        say(5);
        assertSilent();
        assertThat(server.open.get()).isEqualTo(1);
        assertThat(server.heard.get()).isEqualTo(10);
        proxy.heal();
        await().until(() -> server.open.get() == 0);
        assertReset();
    }

    @Test
    void aPieceComesTwice() throws IOException {
        proxy.apply(Direction.UP, new Fault.Duplicate(1));
        say(5);
        assertThat(client.getInputStream().readNBytes(10)).containsOnly(7).hasSize(10);
    }

    @Test
    void oneBitOfAPieceIsAnother() throws IOException {
        proxy.apply(Direction.DOWN, new Fault.Corrupt(1));
        say(1);
        assertThat(Integer.bitCount(client.getInputStream().read() ^ 7)).isEqualTo(1);
    }

    @Test
    void cutsAfterSoManyBytes() throws IOException {
        proxy.apply(Direction.UP, new Fault.CutAfter(100));
        say(50);
        assertThat(client.getInputStream().readNBytes(50)).hasSize(50);
        say(50);
        assertReset();
    }

    @Test
    void aServerThatIsAwayIsAReset() throws IOException {
        server.close();
        client = connect();
        assertReset();
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> FaultProxy.start(proxy.port(), server.address(), 1, TimeSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(proxy.port()));
    }
}
