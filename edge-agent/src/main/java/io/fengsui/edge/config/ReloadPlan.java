package io.fengsui.edge.config;

import io.fengsui.edge.sensor.SensorSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a reload changes: what is not named here goes on undisturbed. Pure.
 *
 * @param isDecisionChange rules, zones, places or patience differ
 * @param isFieldChange brokers or actions differ
 * @param needsRestart sections that are read at a start only
 */
public record ReloadPlan(
        List<Change<CameraEntry>> cameras,
        List<Change<SensorSettings>> sensors,
        boolean isDecisionChange,
        boolean isFieldChange,
        List<String> needsRestart) {
    /** One thing that differs. */
    public sealed interface Change<T> {
        String id();

        /** It is new. */
        record Add<T>(String id, T after) implements Change<T> {}

        /** It is gone. */
        record Remove<T>(String id, T before) implements Change<T> {}

        /** It is another under the same id. */
        record Replace<T>(String id, T before, T after) implements Change<T> {}
    }

    public ReloadPlan {
        cameras = List.copyOf(cameras);
        sensors = List.copyOf(sensors);
        needsRestart = List.copyOf(needsRestart);
    }

    public boolean isEmpty() {
        return cameras.isEmpty() && sensors.isEmpty() && !isDecisionChange && !isFieldChange && needsRestart.isEmpty();
    }

    public static ReloadPlan between(AgentSettings before, AgentSettings after) {
        List<Change<CameraEntry>> cameras = changes(before.cameras(), after.cameras(), CameraEntry::id);
        List<Change<SensorSettings>> sensors =
                changes(before.field().sensors(), after.field().sensors(), SensorSettings::id);
        boolean isDecisionChange =
                !before.decisions().equals(after.decisions()) || !cameras.isEmpty() || !sensors.isEmpty();
        boolean isFieldChange = !before.field().brokers().equals(after.field().brokers())
                || !before.field().actions().equals(after.field().actions());
        List<String> restart = new ArrayList<>();
        noteRestart(restart, "edge", before.identity(), after.identity());
        noteRestart(restart, "data-dir and storage", before.storage(), after.storage());
        noteRestart(restart, "hub", before.outward().hub(), after.outward().hub());
        noteRestart(restart, "ops", before.outward().ops(), after.outward().ops());
        noteRestart(restart, "vision", before.video().vision(), after.video().vision());
        return new ReloadPlan(cameras, sensors, isDecisionChange, isFieldChange, restart);
    }

    private static void noteRestart(List<String> restart, String section, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            restart.add(section);
        }
    }

    private static <T> List<Change<T>> changes(List<T> before, List<T> after, Function<T, String> id) {
        Map<String, T> old = new LinkedHashMap<>();
        before.forEach(item -> old.put(id.apply(item), item));
        List<Change<T>> changes = new ArrayList<>();
        for (T item : after) {
            T former = old.remove(id.apply(item));
            if (former == null) {
                changes.add(new Change.Add<>(id.apply(item), item));
            } else if (!former.equals(item)) {
                changes.add(new Change.Replace<>(id.apply(item), former, item));
            }
        }
        old.forEach((gone, item) -> changes.add(new Change.Remove<>(gone, item)));
        return changes;
    }
}
