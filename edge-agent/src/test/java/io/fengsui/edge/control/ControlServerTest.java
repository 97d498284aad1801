package io.fengsui.edge.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
    @TempDir
    Path data;

    private static ControlReply echo(ControlRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("asked", request.toJson());
        return new ControlReply.Done(body);
    }

    @Test
    void answersEachKindOfRequest() throws Exception {
        try (ControlServer server = ControlServer.start(data, ControlServerTest::echo)) {
            assertThat(server).isNotNull();
            for (ControlRequest request : new ControlRequest[] {
                new ControlRequest.Status(), new ControlRequest.Reload(), new ControlRequest.Snapshot("村口-1", true)
            }) {
                ControlReply reply = new ControlClient(data).ask(request);
                assertThat(reply).isInstanceOf(ControlReply.Done.class);
                assertThat(ControlRequest.fromJson(
                                ((ControlReply.Done) reply).body().path("asked")))
                        .isEqualTo(request);
            }
        }
    }

    @Test
    void aHandlerThatFailsIsARefusalWithItsReason() throws Exception {
        ControlHandler broken = request -> {
            throw new IllegalStateException("no such camera");
        };
        try (ControlServer server = ControlServer.start(data, broken)) {
            assertThat(server).isNotNull();
            assertThat(new ControlClient(data).ask(new ControlRequest.Status()))
                    .isEqualTo(new ControlReply.Refused("IllegalStateException: no such camera"));
        }
    }

    /** The line was cut in place of an answer, and who asked for a camera's picture was told that the other side hung up. */
    @Test
    void whatCouldNotBeDoneSaysWhyAndDoesNotCutTheLine() throws Exception {
        ControlHandler dark = request -> {
            throw new IOException("camera cam-1 has no whole picture yet");
        };
        try (ControlServer server = ControlServer.start(data, dark)) {
            assertThat(server).isNotNull();
            assertThat(new ControlClient(data).ask(new ControlRequest.Snapshot("cam-1", false)))
                    .isEqualTo(new ControlReply.Refused("camera cam-1 has no whole picture yet"));
        }
    }

    @Test
    void rubbishOnTheSocketDoesNotEndTheServer() throws Exception {
        try (ControlServer server = ControlServer.start(data, ControlServerTest::echo)) {
            assertThat(server).isNotNull();
            for (String rubbish : new String[] {"\n", "{\n", "{\"command\":\"rm\"}\n", "\u0000\u0001\n"}) {
                try (SocketChannel channel =
                        SocketChannel.open(UnixDomainSocketAddress.of(data.resolve(ControlServer.SOCKET_NAME)))) {
                    channel.write(ByteBuffer.wrap(rubbish.getBytes(StandardCharsets.UTF_8)));
                }
            }
            assertThat(new ControlClient(data).ask(new ControlRequest.Status())).isInstanceOf(ControlReply.Done.class);
        }
    }

    @Test
    void aSocketLeftBehindByADeadAgentIsReplaced() throws Exception {
        Path socket = data.resolve(ControlServer.SOCKET_NAME);
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertThat(Files.exists(socket)).isTrue();
        try (ControlServer server = ControlServer.start(data, ControlServerTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(new ControlClient(data).ask(new ControlRequest.Status())).isInstanceOf(ControlReply.Done.class);
        }
    }

    @Test
    void aSecondAgentWithTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
        try (ControlServer first = ControlServer.start(data, ControlServerTest::echo)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> ControlServer.start(data, ControlServerTest::echo))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already runs");
            assertThat(new ControlClient(data).ask(new ControlRequest.Status())).isInstanceOf(ControlReply.Done.class);
        }
    }

    @Test
    void whereNoAgentRunsItSaysSo() {
        assertThatThrownBy(() -> new ControlClient(data).ask(new ControlRequest.Status()))
                .hasMessageContaining("no agent runs");
    }
}
