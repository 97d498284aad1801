package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.decide.event.DecideSettings.SensorSpot;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.rules.reader.TimingReader;
import io.fengsui.rules.timing.Mode;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules and places that a {@link TestingBench} stands on. */
final class BenchRules {
    static final String RULES = """
            rules:
              - id: intrusion
                name: {zh: 禁区闯入, en: Intrusion}
                kind: safety.intrusion
                severity: major
                dwell: {zone: yard, labels: [person], time: 10s}
              - id: parked
                kind: traffic.stopped
                severity: minor
                stopped: {zone: yard, labels: [car], time: 20s}
              - id: smoke
                kind: fire.smoke
                severity: critical
                state: {quantity: smoke}
              - id: river
                kind: water.level.high
                severity: minor
                threshold: {quantity: level, above: 3, clear-below: 2.8, for: 5s}
            """;

    private static final RuleScope.Times TIMES = new RuleScope.Times(
            ZoneOffset.UTC, WorkingCalendar.ofDays(ZoneOffset.UTC, List.of()), false, Set.of("typhoon"));

    private static final Zone YARD = new Zone(
            "yard",
            new Name("院子", "yard"),
            new Polygon(List.of(new Point(0, 0.5), new Point(1, 0.5), new Point(1, 1), new Point(0, 1))));

    private static final Mask POSTER = new Mask(
            "poster",
            Mask.Hides.OBJECTS,
            List.of("person"),
            new Polygon(List.of(new Point(0, 0.7), new Point(0.1, 0.7), new Point(0.1, 1), new Point(0, 1))));

    private BenchRules() {}

    static RuleSet rules(String yaml) {
        Problems problems = new Problems();
        RuleScope scope =
                new RuleScope(Map.of("cam-1", List.of("yard")), Map.of(), Set.of("person", "car"), Map.of(), TIMES);
        RuleSet rules = SettingsFile.parse("rules.yaml", yaml, problems)
                .map(root -> {
                    List<Mode> modes = new TimingReader(RuleScope.Times.UTC).modes(root, ZoneOffset.UTC);
                    return RuleSet.compile(RuleReader.read(root, scope), Map.of("cam-1", List.of(YARD)), modes);
                })
                .orElse(RuleSet.EMPTY);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return rules;
    }

    static DecideSettings settings(String... cameras) {
        Map<String, CameraSpot> spots = new LinkedHashMap<>();
        for (String camera : cameras) {
            Place place = new Place(new Name("东门", "East gate"), "g-7", null);
            spots.put(camera, new CameraSpot(place, "household-12", List.of(YARD), List.of(POSTER)));
        }
        SensorSpot kitchen = new SensorSpot(
                new Place(new Name("厨房", "Kitchen"), "g-9", null), "household-12", "village", Duration.ZERO);
        SensorSpot door = new SensorSpot(kitchen.place(), "household-12", "village", Duration.ofHours(3));
        Map<String, SensorSpot> sensors = Map.of("smoke-1", kitchen, "door-1", door);
        return new DecideSettings("edge-1", "site-1", Place.UNKNOWN, spots, sensors, DecideSettings.Limits.DEFAULT);
    }

    static DecideSettings keeping(DecideSettings plain) {
        Map<String, CameraSpot> spots = new LinkedHashMap<>();
        plain.cameras()
                .forEach((id, spot) ->
                        spots.put(id, new CameraSpot(spot.place(), spot.subject(), spot.zones(), spot.masks(), true)));
        return new DecideSettings(plain.edge(), plain.site(), plain.place(), spots, plain.sensors(), plain.limits());
    }
}
