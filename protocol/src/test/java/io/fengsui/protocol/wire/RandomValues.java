package io.fengsui.protocol.wire;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.SourceType;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of every sort from one seed, with Chinese, emoji and empty texts among them. */
final class RandomValues {
    private static final String[] PIECES = {"烽", "燧", "a", "Z", "9", "-", " ", "é", "\n", "🔥", "水位"};
    private static final long FAR = 253_402_300_799L; // the end of the year 9999

    private final SplittableRandom random;

    RandomValues(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long natural() {
        return random.nextLong(1L << random.nextInt(1, 62));
    }

    boolean flip() {
        return random.nextBoolean();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = below(12); i > 0; i--) {
            text.append(PIECES[below(PIECES.length)]);
        }
        return text.toString();
    }

    String id() {
        return "id-" + Long.toHexString(random.nextLong());
    }

    <E extends Enum<E>> E any(Class<E> type) {
        return type.getEnumConstants()[below(type.getEnumConstants().length)];
    }

    <T> List<T> listOf(int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = below(most + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return flip() ? value.get() : null;
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    EventId eventId() {
        return EventId.make(millis(), random);
    }

    Instant millis() {
        return Instant.ofEpochMilli(random.nextLong(-1_000, 4_000_000_000_000L));
    }

    Duration seconds() {
        return Duration.ofSeconds(random.nextLong(1, 1L << 31));
    }

    byte[] bytes(int atLeast, int below) {
        byte[] bytes = new byte[random.nextInt(atLeast, below)];
        random.nextBytes(bytes);
        return bytes;
    }

    Sha256 hash() {
        return Sha256.hashOf(bytes(0, 9));
    }

    Moment moment() {
        return new Moment(
                Instant.ofEpochSecond(random.nextLong(-1_000, FAR), random.nextLong(1_000_000_000)),
                any(ClockQuality.class),
                flip() ? uuid().toString() : "",
                random.nextLong());
    }

    Name name() {
        return new Name(text(), text());
    }

    Place place() {
        return new Place(
                name(),
                text(),
                maybe(() -> new Place.Position(random.nextDouble(-180, 180), random.nextDouble(-90, 90))));
    }

    Source source() {
        return new Source(any(SourceType.class), id(), text());
    }

    Detection detection() {
        Box box = Box.clamped(
                (float) random.nextDouble(), (float) random.nextDouble(), (float) random.nextDouble(), (float)
                        random.nextDouble());
        return new Detection(id(), (float) random.nextDouble(), box, random.nextLong());
    }

    Evidence evidence() {
        Evidence pending = Evidence.pending(uuid(), "image/jpeg", moment());
        return switch (any(EvidenceState.class)) {
            case PENDING -> pending;
            case READY -> pending.ready(hash(), natural() + 1);
            case LOST -> pending.lost(text());
        };
    }

    Reading reading() {
        return new Reading(id(), "level", random.nextDouble(-1e9, 1e9), text(), any(Quality.class), moment());
    }

    EventKind kind() {
        return new EventKind(flip() ? "fire.smoke" : "health.camera.offline");
    }

    Event event() {
        Phase phase = any(Phase.class);
        Map<String, String> attributes = new TreeMap<>();
        listOf(5, this::id).forEach(key -> attributes.put(key, text()));
        return new Event(
                eventId(),
                phase == Phase.BEGUN ? 1 : 1 + below(1 << 30),
                phase,
                kind(),
                any(Severity.class),
                any(Lane.class),
                new Event.Origin(id(), id(), source(), text(), place()),
                new Event.Times(moment(), moment(), seconds()),
                new Event.Cause(text(), text(), text(), text()),
                text(),
                attributes,
                listOf(4, this::detection),
                listOf(3, this::evidence),
                listOf(4, () -> new Reason(id(), id(), text())),
                new Event.Marks(flip(), flip()));
    }
}
