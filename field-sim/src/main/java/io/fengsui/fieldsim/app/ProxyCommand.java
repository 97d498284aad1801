package io.fengsui.fieldsim.app;

import io.fengsui.fieldsim.proxy.FaultLine;
import io.fengsui.fieldsim.proxy.FaultProxy;
import io.fengsui.fieldsim.proxy.ProxyStats;
import io.fengsui.runtime.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Passes connections on and spoils them. Driven by lines on its standard input; the end of it ends the program. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = {
            "Passes TCP connections from a port of 127.0.0.1 on to a server, with faults.",
            "Reads commands from standard input; a WAY is up (to the server), down or both:",
            "  latency WAY MS [JITTER-MS]     throttle WAY BYTES-PER-SECOND   loss WAY PART [RESEND-MS]",
            "  stall WAY     swallow WAY      duplicate WAY PART              corrupt WAY PART",
            "  slice WAY BYTES                cut-after WAY BYTES             half-open",
            "  cut           refuse           heal           stats            quit"
        })
final class ProxyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--listen", defaultValue = "0", description = "Port (${DEFAULT-VALUE}); 0 takes a free one.")
    private int port;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The server.")
    private String to = "";

    @Option(names = "--seed", defaultValue = "1", description = "What is at random begins here (${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (FaultProxy proxy = FaultProxy.start(port, server(to), seed, TimeSource.system())) {
            out.println("field-sim proxy ready port=" + proxy.port() + " to=" + to);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                if (!line.isBlank()) {
                    out.println(obey(proxy, line));
                    out.flush();
                }
            }
        }
        return 0;
    }

    private static InetSocketAddress server(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IOException("--to needs HOST:PORT, not '" + address + "'");
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        if (port < 1 || port > 65535) {
            throw new IOException("a port is from 1 to 65535, not " + port);
        }
        return new InetSocketAddress(address.substring(0, colon), port);
    }

    private static String obey(FaultProxy proxy, String line) {
        if (line.strip().equals("stats")) {
            ProxyStats stats = proxy.stats();
            return "accepted=" + stats.accepted() + " open=" + stats.open() + " up=" + stats.bytesUp() + " down="
                    + stats.bytesDown() + " faults=" + stats.faults();
        }
        try {
            FaultLine.parse(line).accept(proxy);
            return "done";
        } catch (IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }
}
