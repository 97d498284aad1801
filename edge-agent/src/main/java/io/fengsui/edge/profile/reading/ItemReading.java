package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.ReadingSpec;
import io.fengsui.edge.profile.ReadingSpec.Measure;
import io.fengsui.edge.profile.ReadingSpec.OpenCount;
import io.fengsui.edge.profile.ReadingSpec.State;
import io.fengsui.edge.profile.TimeField;
import io.fengsui.edge.profile.reading.Heard.Measured;
import io.fengsui.edge.profile.reading.Heard.Refused;
import io.fengsui.edge.profile.reading.Heard.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the quantities of one item. Made for one reading. */
final class ItemReading {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
    private static final int MAX_NUMBER = 40;
    private static final double LAST_SECOND = 1e11; // beyond the year 5000: must be milliseconds

    private final MessageShape shape;
    private final ItemContext item;
    private final DeviceMemory memory;

    ItemReading(MessageShape shape, ItemContext item, DeviceMemory memory) {
        this.shape = shape;
        this.item = item;
        this.memory = memory;
    }

    /** How far the values of this item count, and why not fully. */
    private record Age(Standing standing, @Nullable Instant measuredAt, String note) {}

    List<Heard> read() {
        if (shape.readings().isEmpty()) {
            return List.of();
        }
        Age age = age();
        List<Heard> heard = new ArrayList<>();
        for (ReadingSpec spec : shape.readings()) {
            if (spec.guard().when() == null || item.isTrue(spec.guard().when())) {
                one(spec, age).ifPresent(heard::add);
            }
        }
        return heard;
    }

    private Optional<Heard> one(ReadingSpec spec, Age age) {
        JsonNode node = item.at(spec.source());
        if (node.isMissingNode() || node.isNull()) {
            return spec.guard().isRequired() ? refuse("nothing at '" + spec.source() + "'") : Optional.empty();
        }
        if (!node.isValueNode()) {
            return refuse("a list or an object at '" + spec.source() + "'");
        }
        if (spec.guard().ignored().contains(textOf(node))) {
            return Optional.empty();
        }
        return switch (spec.meaning()) {
            case State state -> state(spec, state, node, age);
            case Measure measure -> measure(spec, measure, node, age);
            case OpenCount count -> {
                String things = item.device() + "\n" + spec.quantity();
                boolean isOver = item.isTrue(count.over());
                int there = memory.count(
                        things, node.asText(), isOver, item.message().at());
                yield Optional.of(measured(spec, there, age));
            }
        };
    }

    private Optional<Heard> state(ReadingSpec spec, State state, JsonNode node, Age age) {
        String text = textOf(node);
        if (state.trueValues().contains(text)) {
            return Optional.of(measured(spec, 1, age));
        }
        if (state.falseValues().contains(text)) {
            return Optional.of(measured(spec, 0, age));
        }
        return refuse("neither a true nor a false value at '" + spec.source() + "'");
    }

    private Optional<Heard> measure(ReadingSpec spec, Measure measure, JsonNode node, Age age) {
        double raw = number(node);
        double si = measure.in().toSi(raw * measure.scale());
        if (!Double.isFinite(si)) {
            return refuse("not a number at '" + spec.source() + "'");
        }
        if (si < measure.min() || si > measure.max()) {
            return refuse(String.format(
                    Locale.ROOT,
                    "%s of %s %s is outside of %s to %s",
                    spec.quantity(),
                    si,
                    measure.unit(),
                    measure.min(),
                    measure.max()));
        }
        return Optional.of(measured(spec, si, age));
    }

    private Heard measured(ReadingSpec spec, double value, Age age) {
        return new Measured(
                item.device(),
                spec.quantity(),
                value,
                spec.meaning().unit(),
                age.standing(),
                age.measuredAt(),
                age.note());
    }

    private Optional<Heard> refuse(String reason) {
        return Optional.of(new Refused(item.device(), reason));
    }

    /** Whole numbers without a fraction, texts in small letters. */
    private static String textOf(JsonNode node) {
        boolean isWhole = node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue());
        return isWhole ? Long.toString(node.longValue()) : node.asText().strip().toLowerCase(Locale.ROOT);
    }

    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean() || !node.isTextual() || node.textValue().length() > MAX_NUMBER) {
            return Double.NaN;
        }
        String text = node.textValue().strip();
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    private Age age() {
        if (shape.timing().test() != null && item.isTrue(shape.timing().test())) {
            return new Age(Standing.TEST, null, "the device is being tested");
        }
        TimeField time = shape.timing().time();
        Instant now = item.message().at();
        boolean isKept = item.message().isRetained() && !shape.envelope().takesRetained();
        if (time == null) {
            return isKept ? new Age(Standing.RETAINED, null, "kept by the broker") : new Age(Standing.LIVE, null, "");
        }
        JsonNode node = item.at(time.source());
        if (node.isMissingNode() || node.isNull()) {
            Standing standing = isKept ? Standing.RETAINED : Standing.LIVE;
            return new Age(standing, null, isKept ? "kept by the broker" : "");
        }
        Instant at = instant(node, time.format(), item.message().zone());
        String fault = TimeField.fault(at, now);
        if (!fault.isEmpty()) {
            return new Age(isKept ? Standing.RETAINED : Standing.UNCERTAIN, null, fault);
        }
        boolean isOld = at != null && at.plus(time.maxAge()).isBefore(now);
        if (!isOld) {
            return new Age(Standing.LIVE, at, "");
        }
        Standing standing =
                shape.timing().isHistory() ? Standing.LATE : isKept ? Standing.RETAINED : Standing.UNCERTAIN;
        return new Age(standing, at, "measured at " + at);
    }

    private static @Nullable Instant instant(JsonNode node, TimeField.Format format, ZoneId zone) {
        double number = number(node);
        try {
            return switch (format) {
                case SECONDS -> ofMillis(number * 1000);
                case MILLIS -> ofMillis(number);
                case ISO -> iso(node.asText(), zone);
                case AUTO ->
                    Double.isNaN(number)
                            ? iso(node.asText(), zone)
                            : ofMillis(Math.abs(number) < LAST_SECOND ? number * 1000 : number);
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant ofMillis(double millis) {
        boolean isUsable = Double.isFinite(millis) && Math.abs(millis) < 9e15;
        return isUsable ? Instant.ofEpochMilli((long) millis) : null;
    }

    private static Instant iso(String given, ZoneId zone) {
        String text = given.strip().replace(' ', 'T');
        boolean hasZone = text.length() > 19 && text.substring(19).matches(".*(Z|z|[+-]\\d\\d:?\\d\\d)");
        if (!hasZone) {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        }
        boolean lacksColon = text.matches(".*[+-]\\d{4}");
        int split = text.length() - 2;
        String full = lacksColon ? text.substring(0, split) + ":" + text.substring(split) : text;
        return OffsetDateTime.parse(full).toInstant();
    }
}
