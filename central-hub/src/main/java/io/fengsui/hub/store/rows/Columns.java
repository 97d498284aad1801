package io.fengsui.hub.store.rows;

import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values lie in columns: times as epoch milliseconds, enums as lower-case text, hashes as 32 bytes. */
final class Columns {
    private Columns() {}

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return Instant.ofEpochMilli(rs.getLong(column));
    }

    static @Nullable Instant optionalInstant(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static byte[] bytes(Sha256 hash) {
        return hash.isNone() ? new byte[0] : hash.bytes();
    }

    static @Nullable Double longitude(Place place) {
        return place.position() == null ? null : place.position().longitude();
    }

    static @Nullable Double latitude(Place place) {
        return place.position() == null ? null : place.position().latitude();
    }

    /** Of columns place_zh, place_en, grid, longitude, latitude. */
    static Place place(ResultSet rs) throws SQLException {
        double longitude = rs.getDouble("longitude");
        Place.@Nullable Position position =
                rs.wasNull() ? null : new Place.Position(longitude, rs.getDouble("latitude"));
        return new Place(new Name(rs.getString("place_zh"), rs.getString("place_en")), rs.getString("grid"), position);
    }
}
