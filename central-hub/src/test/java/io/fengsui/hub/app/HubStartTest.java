package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What keeps a hub from starting is said in one line. */
class HubStartTest {
    @TempDir
    Path folder;

    @Test
    void saysInOneLineThatThePortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = run(1, other.getLocalPort());
            assertThat(said.lines()).hasSize(1);
            assertThat(said)
                    .contains("127.0.0.1:" + other.getLocalPort())
                    .contains("listen.port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void refusesADataFolderThatAnotherHubHas() {
        try (TestTown town = new TestTown(folder)) {
            assertThatThrownBy(
                            () -> Hub.start(TestTown.settings(folder), new ManualTimeSource(TestTown.START), List.of()))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining(folder.toString());
            town.restart();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isZero();
        }
    }

    /** The hub once asked for its port in a way that knows loopback and wildcard addresses only, and did not start. */
    @Test
    void startsOnOneAddressOfThisMachineThatIsNotLoopback() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .findFirst();
        assumeThat(address).isPresent();
        HubSettings local = TestTown.settings(folder);
        HubSettings settings = new HubSettings(
                new HubSettings.Listen(address.orElseThrow(), 0, null),
                local.storage(),
                local.zone(),
                local.edges(),
                local.access(),
                local.tickets(),
                local.grids(),
                local.silence(),
                local.drain());
        try (TestTown town = new TestTown(settings)) {
            assertThat(town.hub.port()).isPositive();
        }
    }

    private String run(int status, int port) throws IOException {
        Path reference = TestTown.REFERENCE.toAbsolutePath().getParent();
        Path file = Files.writeString(
                folder.resolve("central-hub.yaml"), """
                listen: {address: 127.0.0.1, port: %d}
                data: %s
                tickets:
                  policy: %s/ticket-policy.yaml
                  workflows: [%s/workflows/nine-step.yaml]
                """.formatted(port, folder.resolve("data"), reference, reference));
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err, true));
        assertThat(command.execute("run", "--config", file.toString()))
                .as(err.toString())
                .isEqualTo(status);
        return err.toString();
    }
}
