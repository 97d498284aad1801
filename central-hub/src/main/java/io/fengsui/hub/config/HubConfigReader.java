package io.fengsui.hub.config;

import io.fengsui.hub.grid.GridCell;
import io.fengsui.hub.intake.IntakeSettings;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Secret;
import io.fengsui.settings.ValueReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the hub's configuration and the files it names; tells of every problem of all of them at once. */
final class HubConfigReader {
    private static final int MIN_TOKEN = 16;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ConfigFiles files;
    private final Problems problems;

    HubConfigReader(ConfigFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    Optional<HubSettings> read(Path file) {
        return files.open(file, problems).flatMap(this::settings);
    }

    private Optional<HubSettings> settings(MapReader map) {
        Path data = map.path("data", "data");
        Optional<HubSettings.Storage> storage = StorageReader.storage(map, data);
        ZoneId zone = map.value("time-zone").flatMap(HubConfigReader::zone).orElse(ZoneId.of("Asia/Shanghai"));
        Duration drain = map.duration("drain-time", SECOND, HOUR, Duration.ofSeconds(8));
        MapReader edges = map.mapOrEmpty("edges");
        Duration silence = edges.duration("silent-after", SECOND, Duration.ofDays(1), Duration.ofSeconds(30));
        Optional<IntakeSettings> intake = edges(edges, silence);
        MapReader console = map.mapOrEmpty("console");
        Optional<Secret> token = token(console);
        boolean isOpenOnLoopback = console.bool("open-on-loopback", false);
        Optional<HubSettings.Listen> listen = listen(map.mapOrEmpty("listen"), edges.namesSecret("token"));
        if (isOpenOnLoopback && listen.isPresent() && !listen.get().address().isLoopbackAddress()) {
            console.problem(
                    "open-on-loopback",
                    Problem.Code.VALUE,
                    "a console that others can reach is open to nobody who does not sign in",
                    "false, or the address 127.0.0.1");
        }
        Optional<HubSettings.Limits> limits = LimitsReader.limits(console);
        Optional<HubSettings.Access> access = console.finish(
                () -> new HubSettings.Access(token.orElse(null), isOpenOnLoopback, limits.orElseThrow()));
        Optional<HubSettings.Tickets> tickets =
                new TicketsReader(files, problems).read(map.mapOrEmpty("tickets"), zone);
        List<GridCell> grids = map.maps("grids", HubConfigReader::grid);
        Optional<Boolean> isClean = map.finish(() -> true);
        if (access.isEmpty()
                || isClean.isEmpty()
                || storage.isEmpty()
                || listen.isEmpty()
                || intake.isEmpty()
                || tickets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HubSettings(
                listen.get(), storage.get(), zone, intake.get(), access.get(), tickets.get(), grids, silence, drain));
    }

    private static Optional<ZoneId> zone(ValueReader value) {
        return value.string().flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                value.problem(Problem.Code.VALUE, "no time zone is called " + text, "a name such as Asia/Shanghai");
                return Optional.empty();
            }
        });
    }

    private static Optional<Secret> token(MapReader map) {
        Optional<Secret> token = map.secret("token");
        if (token.isPresent() && token.get().reveal().length() < MIN_TOKEN) {
            String key = map.has("token-file") ? "token-file" : "token-env";
            map.problem(
                    key,
                    Problem.Code.SECRET,
                    "the token has fewer than " + MIN_TOKEN + " characters",
                    "a longer one, such as 32 random letters and digits");
        }
        return token;
    }

    private static Optional<IntakeSettings> edges(MapReader map, Duration silence) {
        Duration heartbeat = map.duration("heartbeat", Duration.ofMillis(500), HOUR, Duration.ofSeconds(5));
        long window = map.bytes("window", 64 << 10, 64 << 20, IntakeSettings.WINDOW_BYTES);
        @Nullable Secret token = token(map).orElse(null);
        return map.finish(() -> new IntakeSettings(heartbeat, silence, window, token));
    }

    private static Optional<HubSettings.Listen> listen(MapReader map, boolean hasToken) {
        Optional<InetAddress> address = map.has("address")
                ? map.value("address").flatMap(HubConfigReader::address)
                : Optional.of(InetAddress.getLoopbackAddress());
        int port = map.integer("port", 0, 65_535, 8600);
        Optional<HubSettings.Tls> tls = map.map("tls").flatMap(HubConfigReader::tls);
        if (address.isPresent() && !address.get().isLoopbackAddress()) {
            if (!map.has("tls")) {
                map.problem(
                        "address",
                        Problem.Code.MISSING,
                        "an address that others can reach needs TLS",
                        "listen.tls with certificate and key, or the address 127.0.0.1");
            }
            if (!hasToken) {
                map.problem(
                        "address",
                        Problem.Code.MISSING,
                        "an address that others can reach needs a token of the edges",
                        "edges.token-file, or the address 127.0.0.1");
            }
        }
        return map.finish(() -> new HubSettings.Listen(address.orElseThrow(), port, tls.orElse(null)));
    }

    private static Optional<InetAddress> address(ValueReader value) {
        return value.string().flatMap(text -> {
            try {
                return Optional.of(
                        text.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(text));
            } catch (IllegalArgumentException e) {
                value.problem(
                        Problem.Code.VALUE,
                        "'" + text + "' is no IP address of this machine",
                        "127.0.0.1, or an address such as 10.0.0.5 or 0.0.0.0");
                return Optional.empty();
            }
        });
    }

    private static Optional<HubSettings.Tls> tls(MapReader map) {
        Path certificate = readable(map, "certificate");
        Path key = readable(map, "key");
        return map.finish(() -> new HubSettings.Tls(certificate, key));
    }

    private static Path readable(MapReader map, String key) {
        Path path = map.path(key);
        if (map.has(key) && !Files.isReadable(path)) {
            map.problem(key, Problem.Code.REFERENCE, "there is no file " + path + " that can be read", "a PEM file");
        }
        return path;
    }

    private static Optional<GridCell> grid(MapReader map) {
        String code = map.id("code");
        Optional<Name> name = map.map("name").flatMap(both -> {
            String zh = both.string("zh");
            String en = both.string("en", "");
            return both.finish(() -> new Name(zh, en));
        });
        return map.finish(() -> new GridCell(code, name.orElse(new Name(code, code))));
    }
}
