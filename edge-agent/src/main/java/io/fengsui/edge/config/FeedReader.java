package io.fengsui.edge.config;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.MessageShape.Envelope;
import io.fengsui.edge.profile.MessageShape.Format;
import io.fengsui.edge.profile.MessageShape.Timing;
import io.fengsui.edge.profile.MessageShape.Who;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.profile.ProfileReader;
import io.fengsui.edge.profile.ReadingSpec;
import io.fengsui.edge.profile.ReadingSpec.Guard;
import io.fengsui.edge.profile.ReadingSpec.Meaning;
import io.fengsui.edge.profile.TimeField;
import io.fengsui.edge.profile.TopicPattern;
import io.fengsui.edge.profile.ValueSource;
import io.fengsui.edge.sensor.SensorSettings.Feed;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how a sensor's messages are found and read: by a profile, or by a topic and one value of its own. */
final class FeedReader {
    private static final Pattern POINTER = Pattern.compile("|(/([^~/]|~0|~1)*)+");
    private static final Pattern FILTER = Pattern.compile("(\\+|[^+#{}\u0000/]*)(/(\\+|[^+#{}\u0000/]*))*(/#)?|#");
    private static final int SHOWN = 12;

    private final ZoneId zone;
    private final ProfileLibrary profiles;

    FeedReader(ZoneId zone, ProfileLibrary profiles) {
        this.zone = zone;
        this.profiles = profiles;
    }

    /** @param id of the sensor; empty when it could not be read, which has been told */
    Optional<Feed> read(MapReader in, String id) {
        try {
            return feed(in, id);
        } catch (IllegalArgumentException e) {
            in.problem(in.has("profile") ? "profile" : "topic", Code.VALUE, String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    private Optional<Feed> feed(MapReader in, String id) {
        if (!in.has("profile")) {
            return own(in, id).map(profile -> new Feed(profile, "", "", zone));
        }
        Optional<Profile> profile = profile(in);
        String base = in.string("base", "");
        String device = in.string("device", "");
        if (base.contains("+") || base.contains("#") || base.endsWith("/")) {
            in.problem(
                    "base",
                    Code.VALUE,
                    "this is no beginning of a topic",
                    "levels without '+', '#' and a '/' at the end");
        }
        if (profile.isPresent() && profile.get().wantsDevice() && device.isEmpty()) {
            in.problem(
                    "device",
                    Code.MISSING,
                    "the profile '" + profile.get().id() + "' finds a device by its name",
                    "'device: …' as it stands in topic or payload");
        }
        if (device.contains("+") || device.contains("#") || device.contains("{")) {
            in.problem("device", Code.VALUE, "this is no name of a device", "the name without '+', '#' and '{'");
            return Optional.empty();
        }
        return profile.map(p -> new Feed(p, base, device, zone));
    }

    private Optional<Profile> profile(MapReader in) {
        String id = in.id("profile");
        Optional<Profile> profile = profiles.find(id);
        if (profile.isEmpty() && !id.isEmpty()) {
            String first = id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
            List<String> near =
                    profiles.ids().stream().filter(p -> p.startsWith(first)).toList();
            List<String> shown = near.isEmpty() ? profiles.ids() : near;
            in.problem(
                    "profile",
                    Code.REFERENCE,
                    "there is no profile '" + id + "'",
                    "one of " + String.join(", ", shown.stream().limit(SHOWN).toList())
                            + (shown.size() > SHOWN ? " …" : ""));
        }
        return profile;
    }

    /** A profile of one value, made from the keys {@code topic}, {@code quantity} and {@code state} or {@code measure}. */
    private static Optional<Profile> own(MapReader in, String id) {
        String topic = in.matching("topic", FILTER, "an MQTT topic, '+' for one level, '#' last for the rest");
        String quantity = in.id("quantity");
        boolean isState = in.has("state");
        if (isState == in.has("measure")) {
            in.problem(
                    "state",
                    Code.MISSING,
                    "how to read the payload is said by 'profile', or by one of 'state' and 'measure'",
                    "'profile: zigbee2mqtt.smoke', 'state: {pointer: /alarm}' or 'measure: {pointer: /level, unit: m}'");
            return Optional.empty();
        }
        Optional<Value> value = in.map(isState ? "state" : "measure").flatMap(map -> value(map, isState));
        if (id.isEmpty() || topic.isEmpty() || quantity.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        Value read = value.get();
        Format format = read.pointer().isEmpty() ? Format.TEXT : Format.JSON;
        ReadingSpec reading =
                new ReadingSpec(quantity, at(read.pointer()), read.meaning(), new Guard(null, Set.of(), true));
        MessageShape shape = new MessageShape(
                new TopicPattern(topic),
                new Envelope(format, null, null, true),
                Who.BY_TOPIC,
                new Timing(read.time().orElse(null), false, null),
                List.of(reading),
                null);
        return Optional.of(new Profile(id, new Name(id, id), "", Duration.ZERO, List.of(shape)));
    }

    private record Value(String pointer, Meaning meaning, Optional<TimeField> time) {}

    private static Optional<Value> value(MapReader in, boolean isState) {
        String pointer = pointer(in);
        Optional<TimeField> time = in.map("time").flatMap(map -> {
            String where = pointer(map);
            Duration maxAge =
                    map.duration("max-age", Duration.ofSeconds(1), Duration.ofDays(1), TimeField.DEFAULT_MAX_AGE);
            return map.finish(() -> new TimeField(at(where), TimeField.Format.AUTO, maxAge));
        });
        Optional<Meaning> meaning = isState ? ProfileReader.state(in) : Optional.ofNullable(ProfileReader.measure(in));
        return in.finish(() -> new Value(pointer, meaning.orElseThrow(), time));
    }

    private static ValueSource at(String pointer) {
        return new ValueSource.At(JsonPointer.compile(pointer), false);
    }

    private static String pointer(MapReader in) {
        return in.matching("pointer", POINTER, "a JSON pointer such as /data/level, or '' for the whole payload");
    }
}
