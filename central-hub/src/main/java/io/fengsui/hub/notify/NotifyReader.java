package io.fengsui.hub.notify;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.hub.notify.channel.ChannelReader;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who is told what from its YAML file. */
public final class NotifyReader {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final String TIME_HINT = "a time such as 22:00";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private NotifyReader() {}

    /**
     * @param units that may be named; null when that is not to be checked
     * @param areas that may be led
     */
    public static Optional<NotifyPolicy> policy(MapReader map, @Nullable Set<String> units, AreaBook areas) {
        List<Channel> channels = map.maps("channels", ChannelReader::channel);
        Set<String> known = map.declared("channels", "id");
        List<Contact> contacts = map.maps("contacts", one -> contact(one, known, units, areas));
        if (channels.stream().map(Channel::id).distinct().count() < channels.size()) {
            map.problem("channels", Problem.Code.VALUE, "two channels have the same id", "each id once");
        }
        if (contacts.stream().map(Contact::id).distinct().count() < contacts.size()) {
            map.problem("contacts", Problem.Code.VALUE, "two contacts have the same id", "each id once");
        }
        Map<NoticeKind, Name> templates = new EnumMap<>(NoticeKind.class);
        map.map("templates").ifPresent(texts -> {
            for (NoticeKind kind : NoticeKind.values()) {
                texts.map(kind.label()).flatMap(NotifyReader::name).ifPresent(name -> templates.put(kind, name));
            }
            texts.finish(() -> true);
        });
        return map.finish(() -> new NotifyPolicy(channels, contacts, templates));
    }

    private static Optional<Name> name(MapReader both) {
        String zh = both.string("zh");
        String en = both.string("en");
        return both.finish(() -> new Name(zh, en));
    }

    private static Optional<Contact> contact(
            MapReader map, Set<String> channels, @Nullable Set<String> units, AreaBook book) {
        String id = ChannelReader.id(map);
        List<String> names = map.list("channels", ValueReader::string);
        check(map, "channels", names, channels);
        List<String> ofUnits = map.list("units", ValueReader::string);
        if (units != null) {
            check(map, "units", ofUnits, units);
        }
        List<NoticeKind> on = map.list("on", value -> value.enumeration(NoticeKind.class));
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        Severity least = map.enumeration("min-severity", Severity.class, Severity.INFO);
        List<String> areas = map.list("areas", ValueReader::string);
        @Nullable
        QuietHours quiet = map.map("quiet").flatMap(NotifyReader::quiet).orElse(null);
        Contact.@Nullable Ration limit =
                map.map("limit").flatMap(NotifyReader::limit).orElse(null);
        Contact.Grouping grouping =
                map.map("group").flatMap(NotifyReader::grouping).orElse(Contact.Grouping.NONE);
        Contact.Digest digest = map.map("digest").flatMap(NotifyReader::digest).orElse(Contact.Digest.DEFAULT);
        Contact.@Nullable Duty duty =
                map.map("duty").flatMap(one -> duty(one, units)).orElse(null);
        List<String> leads = map.list("leads", ValueReader::string);
        book.unknown(leads)
                .forEach(code -> map.problem(
                        "leads", Problem.Code.REFERENCE, "there is no area '" + code + "'", "a code of the places"));
        return map.finish(() -> new Contact(
                id,
                new Contact.Wants(ofUnits, new HashSet<>(on), kinds, least, areas),
                names,
                new Contact.Manners(quiet, limit, grouping, digest),
                duty,
                leads));
    }

    private static void check(MapReader map, String key, List<String> names, Set<String> known) {
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> map.problem(
                        key,
                        Problem.Code.REFERENCE,
                        "there is no '" + name + "'",
                        "one of " + known.stream().sorted().toList()));
    }

    private static Optional<Contact.Duty> duty(MapReader map, @Nullable Set<String> units) {
        String unit = map.string("unit");
        String person = map.string("person");
        if (units != null) {
            check(map, "unit", List.of(unit), units);
        }
        return map.finish(() -> new Contact.Duty(unit, person));
    }

    private static Optional<QuietHours> quiet(MapReader map) {
        String from = map.matching("from", TIME, TIME_HINT);
        String to = map.matching("to", TIME, TIME_HINT);
        Severity except = map.enumeration("except", Severity.class, Severity.CRITICAL);
        return map.finish(() -> new QuietHours(LocalTime.parse(from), LocalTime.parse(to), except));
    }

    private static Optional<Contact.Ration> limit(MapReader map) {
        int most = map.integer("most", 1, 1_000);
        Duration within = map.duration("within", SECOND, DAY);
        return map.finish(() -> new Contact.Ration(most, within));
    }

    private static Optional<Contact.Digest> digest(MapReader map) {
        Contact.Digest standard = Contact.Digest.DEFAULT;
        int most = map.integer("most", 1, 1_000, standard.most());
        Duration delay = map.duration("storm-wait", Duration.ZERO, DAY, standard.delay());
        Duration interval = map.duration("storm-interval", SECOND, DAY, standard.interval());
        return map.finish(() -> new Contact.Digest(most, delay, interval));
    }

    private static Optional<Contact.Grouping> grouping(MapReader map) {
        List<Contact.GroupBy> by = map.list("by", value -> value.enumeration(Contact.GroupBy.class));
        Duration delay = map.duration("wait", Duration.ZERO, DAY, Duration.ofSeconds(30));
        Duration interval = map.duration("interval", Duration.ZERO, DAY, Duration.ofMinutes(5));
        Duration repeat = map.duration("repeat", Duration.ofMinutes(1), DAY.multipliedBy(7), Duration.ZERO);
        return map.finish(() -> new Contact.Grouping(by, delay, interval, repeat));
    }
}
