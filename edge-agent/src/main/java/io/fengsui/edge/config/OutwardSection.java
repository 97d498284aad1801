package io.fengsui.edge.config;

import io.fengsui.edge.config.AgentSettings.Hub;
import io.fengsui.edge.config.AgentSettings.Outward;
import io.fengsui.edge.config.AgentSettings.Tls;
import io.fengsui.edge.ops.OpsSettings;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code hub} and {@code ops}: closed unless opened. */
final class OutwardSection {
    private static final String HUB = "127.0.0.1:8600";
    private static final String OPS = "127.0.0.1:8610";

    private OutwardSection() {}

    static Optional<Outward> read(MapReader root) {
        Optional<Hub> hub = hub(root.mapOrEmpty("hub"));
        Optional<OpsSettings> ops = ops(root.mapOrEmpty("ops"));
        return hub.flatMap(h -> ops.map(o -> new Outward(h, o)));
    }

    private static Optional<Hub> hub(MapReader in) {
        SharedReading.Address address = SharedReading.address(in, "address", HUB);
        if (address.port() == 0) {
            in.problem("address", Code.VALUE, "port 0 is nobody's", "the port that the hub listens on, such as 8600");
        }
        Optional<MapReader> tls = in.map("tls");
        Optional<Tls> read = tls.flatMap(OutwardSection::hubTls);
        Path token = existing(in, "token-file");
        if (tls.isEmpty() && !address.isLoopback()) {
            in.problem(
                    "address", Code.MISSING, "a hub on another machine needs TLS", "'tls: {ca-file: PATH}' beside it");
        }
        if (token == null && !in.has("token-file") && !address.isLoopback()) {
            in.problem(
                    "address", Code.MISSING, "a hub on another machine needs a token", "'token-file: PATH' beside it");
        }
        return in.finish(() -> new Hub(address.host(), address.port(), read, token));
    }

    private static Optional<Tls> hubTls(MapReader in) {
        Path ca = existing(in, "ca-file");
        Path certificate = existing(in, "certificate-file");
        Path key = existing(in, "key-file");
        if (in.has("certificate-file") != in.has("key-file")) {
            in.problem("certificate-file", Code.MISSING, "a certificate and its key go together", "both or neither");
        }
        return in.finish(() -> new Tls(ca, certificate, key));
    }

    private static Optional<OpsSettings> ops(MapReader in) {
        SharedReading.Address address = SharedReading.address(in, "listen", OPS);
        Optional<MapReader> tls = in.map("tls");
        Optional<OpsSettings.Tls> read = tls.flatMap(map -> {
            Path keyStore = required(map, "key-store");
            Path password = required(map, "password-file");
            return map.finish(() -> new OpsSettings.Tls(keyStore, password));
        });
        Path token = existing(in, "token-file");
        if (!address.isLoopback() && (tls.isEmpty() || !in.has("token-file"))) {
            in.problem(
                    "listen",
                    Code.MISSING,
                    "others can reach this address, and it has no tls or no token-file",
                    "127.0.0.1:PORT, or 'tls: {key-store: PATH, password-file: PATH}' and 'token-file: PATH' beside it");
        }
        return in.finish(() -> new OpsSettings(address.host(), address.port(), read, Optional.ofNullable(token)));
    }

    private static Path required(MapReader in, String key) {
        in.required(key);
        Path path = existing(in, key);
        return path == null ? Path.of("") : path;
    }

    /** A file that must be there if it is named. */
    static @Nullable Path existing(MapReader in, String key) {
        Path path = in.value(key).flatMap(ValueReader::path).orElse(null);
        if (path != null && !Files.isReadable(path)) {
            in.problem(key, Code.REFERENCE, "there is no readable file " + path, "the path of one");
        }
        return path;
    }
}
