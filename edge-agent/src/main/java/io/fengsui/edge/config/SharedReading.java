package io.fengsui.edge.config;

import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parts that several sections have: names, places, addresses, ids that must differ. */
final class SharedReading {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]{1,253}):([0-9]{1,5})");

    private SharedReading() {}

    /** A host and a port. */
    record Address(String host, int port) {
        /** Whether only this machine is meant. No name is resolved for it. */
        boolean isLoopback() {
            return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
        }
    }

    /** Under {@code name}, with {@code zh} and {@code en}; the id where it is absent. */
    static Name name(MapReader in, String absent) {
        return in.map("name")
                .flatMap(names -> {
                    String zh = names.string("zh", "");
                    String en = names.string("en", "");
                    return names.finish(() -> new Name(zh, en));
                })
                .orElse(new Name(absent, absent));
    }

    /** Under {@code place}; unknown where it is absent. */
    static Place place(MapReader in) {
        return in.map("place").flatMap(SharedReading::placeOf).orElse(Place.UNKNOWN);
    }

    private static Optional<Place> placeOf(MapReader in) {
        Name name = name(in, "");
        String grid = in.string("grid", "");
        Optional<Place.Position> position = in.map("position").flatMap(at -> {
            double longitude = at.number("longitude", -180, 180);
            double latitude = at.number("latitude", -90, 90);
            return at.finish(() -> new Place.Position(longitude, latitude));
        });
        return in.finish(() -> new Place(name, grid, position.orElse(null)));
    }

    /** {@code HOST:PORT} or {@code [IPV6]:PORT}. */
    static Address address(MapReader in, String key, String absent) {
        String text = in.string(key, absent);
        var matcher = ADDRESS.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
        if (port < 0 || port > 65_535) {
            in.problem(key, Code.VALUE, "this is not an address with a port", "HOST:PORT, such as " + absent);
            return new Address("localhost", 0);
        }
        String host = matcher.group(1);
        return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** An id that nothing of its sort has had before. */
    static String uniqueId(MapReader in, String key, String sort, Map<String, MapReader> seen) {
        String id = in.id(key);
        MapReader earlier = id.isEmpty() ? null : seen.putIfAbsent(id, in);
        if (earlier != null) {
            in.problem(
                    key,
                    Code.VALUE,
                    "there is a " + sort + " '" + id + "' already, in line "
                            + earlier.where(key).line(),
                    "another " + key);
        }
        return id;
    }
}
