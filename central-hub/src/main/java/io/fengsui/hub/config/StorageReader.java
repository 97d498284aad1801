package io.fengsui.hub.config;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.KeepSettings;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where the hub's rows lie and for how long. */
final class StorageReader {
    private static final Pattern SECRET_IN_URL = Pattern.compile("(?i).*([?&]password=|//[^/?]*@).*");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private StorageReader() {}

    static Optional<HubSettings.Storage> storage(MapReader map, Path data) {
        Optional<DatabaseSettings> database = map.has("database")
                ? map.map("database").flatMap(StorageReader::server)
                : Optional.of(new DatabaseSettings.SqliteFile(data.resolve("hub.db")));
        Optional<KeepSettings> keep = keep(map.mapOrEmpty("keep"));
        return database.isEmpty() || keep.isEmpty()
                ? Optional.empty()
                : Optional.of(new HubSettings.Storage(data, database.get(), keep.get()));
    }

    private static Optional<DatabaseSettings> server(MapReader map) {
        String url = map.string("url");
        if (map.has("url") && !url.startsWith(DatabaseSettings.PostgresServer.SCHEME)) {
            map.problem(
                    "url",
                    Problem.Code.VALUE,
                    "the hub's rows lie in SQLite or PostgreSQL",
                    "jdbc:postgresql://HOST/DATABASE, or no database at all for SQLite");
        }
        if (SECRET_IN_URL.matcher(url).matches()) {
            map.problem(
                    "url",
                    Problem.Code.SECRET,
                    "a password does not belong into a URL",
                    "password-file or password-env");
        }
        String user = map.string("user");
        @Nullable Secret password = map.secret("password").orElse(null);
        Duration timeout =
                map.duration("timeout", Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(10));
        int writers = map.integer("writers", 1, DatabaseSettings.PostgresServer.MOST_WRITERS, 1);
        return map.finish(() -> new DatabaseSettings.PostgresServer(url, user, password, timeout, writers));
    }

    private static Optional<KeepSettings> keep(MapReader map) {
        KeepSettings standard = KeepSettings.DEFAULT;
        Duration journal = map.duration("journal", HOUR, LONGEST, standard.journal());
        Duration changes = map.duration("changes", HOUR, LONGEST, standard.changes());
        Duration events = map.duration("events", HOUR, LONGEST, standard.events());
        Duration audit = map.duration("audit", HOUR, LONGEST, standard.audit());
        return map.finish(() -> new KeepSettings(journal, changes, events, audit));
    }
}
