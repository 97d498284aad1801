package io.fengsui.rules.evaluation;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks the objects that count for a rule. A condition that cannot be evaluated counts as met: in doubt it is told. */
final class ObjectTest {
    /** How much is asked of an object. */
    enum Rigour {
        FULL,
        /** Of one that goes on with what was believed already: it need not have come from elsewhere. */
        GOES_ON
    }

    /** What overlaps so much and is called otherwise is the same thing under two names, as a van that is a car and a truck. */
    private static final double SAME = 0.75;

    private ObjectTest() {}

    /** Those that count, surest first. */
    static List<Detection> pick(
            CompiledRule rule, RuleCheck.ObjectFilter filter, RuleInput.Sighting sighting, Rigour rigour) {
        double displacement = rigour == Rigour.FULL ? filter.shape().minDisplacement() : 0;
        return sighting.objects().stream()
                .filter(object -> counts(rule, filter, object))
                .filter(object -> displacement <= 0
                        || sighting.travelled().getOrDefault(object.track(), Double.MAX_VALUE) >= displacement)
                .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
    }

    /** The same, but what was found under two names is one. */
    static List<Detection> eachOnce(List<Detection> surestFirst) {
        List<Detection> kept = new ArrayList<>();
        for (Detection object : surestFirst) {
            boolean isKnown = kept.stream()
                    .anyMatch(one ->
                            !one.label().equals(object.label()) && one.box().iou(object.box()) >= SAME);
            if (!isKnown) {
                kept.add(object);
            }
        }
        return kept;
    }

    private static boolean counts(CompiledRule rule, RuleCheck.ObjectFilter filter, Detection object) {
        double area = (double) object.box().width() * object.box().height();
        return object.confidence() >= filter.minConfidence()
                && filter.labels().contains(object.label())
                && area >= filter.shape().minArea()
                && area <= filter.shape().maxArea()
                && isInside(rule.zone(), object.box())
                && (filter.when().isAlways()
                        || filter.when().test(variables(rule, object)) != Condition.Verdict.NOT_MET);
    }

    private static boolean isInside(@Nullable Zone zone, Box box) {
        return zone == null || zone.polygon().contains(footInside(box));
    }

    /** The foot; where the picture's edge cuts the object off, just inside of it. */
    private static Point footInside(Box box) {
        Point foot = Point.footOf(box);
        return foot.y() < 1 ? foot : new Point(foot.x(), Math.nextDown(1.0));
    }

    private static Map<String, Object> variables(CompiledRule rule, Detection object) {
        Box box = object.box();
        return Map.of(
                "label", object.label(),
                "camera", rule.camera(),
                "zone", rule.zoneId(),
                "confidence", (double) object.confidence(),
                "left", (double) box.left(),
                "top", (double) box.top(),
                "right", (double) box.right(),
                "bottom", (double) box.bottom(),
                "width", (double) box.width(),
                "height", (double) box.height());
    }
}
