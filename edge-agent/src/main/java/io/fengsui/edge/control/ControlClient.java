package io.fengsui.edge.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the running agent of a data directory. */
public final class ControlClient {
    private final Path dataDirectory;

    public ControlClient(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** Waits for the answer. Throws when no agent runs there, saying so. */
    public ControlReply ask(ControlRequest request) throws IOException {
        Path socket = dataDirectory.resolve(ControlServer.SOCKET_NAME);
        if (!Files.exists(socket)) {
            throw new IOException("no agent runs with the data directory " + dataDirectory.toAbsolutePath());
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ControlLine.write(channel, request.toJson());
            return ControlReply.fromJson(ControlLine.read(channel, ControlLine.MAX_BYTES));
        }
    }
}
