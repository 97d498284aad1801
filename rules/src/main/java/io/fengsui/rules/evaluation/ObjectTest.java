package io.fengsui.rules.evaluation;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Zone;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks the objects that count for a rule. A condition that cannot be evaluated counts as met: in doubt it is told. */
final class ObjectTest {
    private ObjectTest() {}

    /** Those that count, surest first. */
    static List<Detection> pick(CompiledRule rule, RuleCheck.ObjectFilter filter, List<Detection> objects) {
        return objects.stream()
                .filter(object -> counts(rule, filter, object))
                .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
    }

    private static boolean counts(CompiledRule rule, RuleCheck.ObjectFilter filter, Detection object) {
        return object.confidence() >= filter.minConfidence()
                && filter.labels().contains(object.label())
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
