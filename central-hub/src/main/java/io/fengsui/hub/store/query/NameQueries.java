package io.fengsui.hub.store.query;

import io.fengsui.hub.access.user.Reach;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What people call sources of events and tickets, and which of them they mean. Reads committed rows only; blocks. Thread-safe. */
public final class NameQueries {
    /** Values that one statement is given. */
    private static final int AT_ONCE = 1_000;
    /** Of one id on several edges. */
    private static final int MOST_NAMES = 3;

    /** A name in both languages; either may be empty. */
    public record Names(String zh, String en) {
        private static final Names NONE = new Names("", "");

        private boolean isEmpty() {
            return zh.isEmpty() && en.isEmpty();
        }

        private Names or(String code) {
            return isEmpty() ? new Names(code, code) : new Names(zh.isEmpty() ? en : zh, en.isEmpty() ? zh : en);
        }

        private static Names joined(Collection<Names> names) {
            return new Names(
                    names.stream().map(Names::zh).distinct().limit(MOST_NAMES).collect(Collectors.joining(" / ")),
                    names.stream().map(Names::en).distinct().limit(MOST_NAMES).collect(Collectors.joining(" / ")));
        }
    }

    /**
     * A source, or several of one id on different edges.
     *
     * @param name its id where it has none
     * @param place empty for edges
     */
    public record Source(SourceType type, String id, Names name, Names place) {}

    /** What tells of events. */
    public enum SourceType {
        CAMERA("camera c", "c.id", "c.name_zh, c.name_en, c.place_zh, c.place_en", ""),
        SENSOR("sensor c", "c.id", "c.name_zh, c.name_en, c.place_zh, c.place_en", ""),
        EDGE("edge d", "d.id", "d.site_name_zh, d.site_name_en, '' AS place_zh, '' AS place_en", ", d.site");

        private final String table;
        private final String id;
        private final String names;
        private final String besides;

        /** @param besides what else it is found by */
        SourceType(String table, String id, String names, String besides) {
            this.table = table;
            this.id = id;
            this.names = names;
            this.besides = besides;
        }

        private String select(Reach reach) {
            String seen = this == EDGE ? FleetQueries.edgeSeen(reach) : Reached.place(reach, "c.grid");
            return "SELECT " + id + " AS id, " + names + besides + " FROM " + table + " WHERE " + seen;
        }

        private int columns() {
            return besides.isEmpty() ? 5 : 6;
        }
    }

    private record Row(String id, Names name, Names place) {}

    /** @param isThat whether its id is all that was looked for */
    private record Hit(SourceType type, String id, boolean isThat) {}

    private final Jdbi jdbi;

    public NameQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Cameras, sensors and edges whose id, name or place has this text in it, the one of that very id first. Of one id on
     * several edges it is enough that one has it. Looks at every row once.
     */
    public List<Source> find(String text, Reach reach, int limit) {
        Sought sought = new Sought(text);
        List<Hit> hits = Arrays.stream(SourceType.values())
                .flatMap(type -> hits(type, sought, reach, limit).stream())
                .sorted(Comparator.comparing(hit -> !hit.isThat()))
                .limit(limit)
                .toList();
        Map<SourceType, Map<String, Source>> sources = new EnumMap<>(SourceType.class);
        hits.stream()
                .collect(Collectors.groupingBy(Hit::type, Collectors.mapping(Hit::id, Collectors.toList())))
                .forEach((type, ids) -> sources.put(type, sources(type, ids, reach)));
        return hits.stream()
                .map(hit -> sources.getOrDefault(hit.type(), Map.of()).get(hit.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The first of each id; those of that very id first. */
    private List<Hit> hits(SourceType type, Sought sought, Reach reach, int limit) {
        NavigableSet<String> those = new TreeSet<>();
        NavigableSet<String> others = new TreeSet<>();
        jdbi.useHandle(handle -> {
            Query query = handle.createQuery(type.select(reach));
            Reached.bindPlace(query, reach);
            query.map((rs, context) -> hit(rs, type.columns(), sought)).forEach(id -> {
                NavigableSet<String> some = sought.is(id) ? those : others;
                if (!id.isEmpty() && some.add(id) && some.size() > limit) {
                    some.pollLast();
                }
            });
        });
        return Stream.concat(
                        those.stream().map(id -> new Hit(type, id, true)),
                        others.stream().map(id -> new Hit(type, id, false)))
                .toList();
    }

    /** The id of a row in which it is found; empty where it is not. */
    private static String hit(ResultSet rs, int columns, Sought sought) throws SQLException {
        for (int column = 1; column <= columns; column++) {
            if (sought.isIn(rs.getString(column))) {
                return rs.getString(1);
            }
        }
        return "";
    }

    /** Whether any camera or sensor says that it stands in this area, or in one whose code begins with its code. */
    public boolean standsIn(String area) {
        String within = " WHERE substr(grid, 1, length(:area)) = :area)";
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM camera" + within + " OR EXISTS (SELECT 1 FROM sensor" + within)
                .bind("area", area)
                .mapTo(Boolean.class)
                .one());
    }

    /** Of those that are known, within that reach. */
    public Map<String, Names> sources(Collection<String> ids, Reach reach) {
        Map<String, Names> names = new LinkedHashMap<>();
        for (SourceType type : SourceType.values()) {
            sources(type, ids, reach).forEach((id, source) -> names.putIfAbsent(id, source.name()));
        }
        return names;
    }

    private Map<String, Source> sources(SourceType type, Collection<String> ids, Reach reach) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (List<String> some : parts(ids)) {
            List<Row> rows = jdbi.withHandle(handle -> {
                Query query = handle.createQuery(type.select(reach) + " AND " + type.id + " IN (<ids>)")
                        .bindList("ids", some);
                Reached.bindPlace(query, reach);
                return query.map((rs, context) -> row(rs)).list();
            });
            byId(rows).forEach((id, same) -> sources.put(id, source(type, id, same)));
        }
        return sources;
    }

    /** Titles of those that are there, within that reach. */
    public Map<String, Names> tickets(Collection<String> ids, Reach reach) {
        Map<String, Names> titles = new LinkedHashMap<>();
        for (List<String> some : parts(ids)) {
            jdbi.useHandle(handle -> {
                Query query = handle.createQuery("SELECT id, title_zh, title_en FROM ticket WHERE id IN (<ids>) AND "
                                + Reached.thing(reach, "grid", "unit"))
                        .bindList("ids", some);
                Reached.bind(query, reach);
                query.map((rs, context) -> Map.entry(
                                rs.getString("id"), new Names(rs.getString("title_zh"), rs.getString("title_en"))))
                        .forEach(one -> titles.put(one.getKey(), one.getValue().or(one.getKey())));
            });
        }
        return titles;
    }

    private static Source source(SourceType type, String id, List<Row> same) {
        Set<Names> names = new LinkedHashSet<>();
        Set<Names> places = new LinkedHashSet<>();
        same.forEach(row -> {
            names.add(row.name().or(id));
            if (!row.place().isEmpty()) {
                places.add(row.place().or(""));
            }
        });
        return new Source(type, id, Names.joined(names), places.isEmpty() ? Names.NONE : Names.joined(places));
    }

    private static Map<String, List<Row>> byId(List<Row> rows) {
        return rows.stream().collect(Collectors.groupingBy(Row::id, LinkedHashMap::new, Collectors.toList()));
    }

    private static List<List<String>> parts(Collection<String> ids) {
        List<String> all = List.copyOf(new LinkedHashSet<>(ids));
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(
                rs.getString(1),
                new Names(rs.getString(2), rs.getString(3)),
                new Names(rs.getString(4), rs.getString(5)));
    }
}
