package io.fengsui.edge.app.command;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.profile.reading.Heard.Measured;
import io.fengsui.edge.profile.reading.Heard.Standing;
import io.fengsui.edge.sensor.SensorSettings;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.evaluation.Evaluation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows what was heard in a message, and what the rules of a configuration would make of it. */
final class SensorTrial {
    private static final String NOBODY = "some-sensor";

    private final Optional<AgentSettings> settings;
    private final Profile profile;
    private final PrintWriter out;
    private final Moment now = new Moment(Instant.now(), ClockQuality.FREE, "trial", 0);
    private final List<Reading> readings = new ArrayList<>();

    SensorTrial(Optional<AgentSettings> settings, Profile profile, PrintWriter out) {
        this.settings = settings;
        this.profile = profile;
        this.out = out;
    }

    void show(Heard heard) {
        String device = heard.device().isEmpty() ? "" : " of " + heard.device();
        switch (heard) {
            case Measured m -> {
                boolean isJudged = m.standing() == Standing.LIVE || m.standing() == Standing.UNCERTAIN;
                String note = m.note().isEmpty() ? "" : " (" + m.note() + ")";
                out.println("  reading" + device + ": " + m.quantity() + " = " + m.value() + " " + m.unit() + " "
                        + m.standing().name().toLowerCase(Locale.ROOT) + note
                        + (isJudged ? "" : "; no rule judges it"));
                if (isJudged) {
                    Quality quality = m.standing() == Standing.LIVE ? Quality.GOOD : Quality.UNCERTAIN;
                    readings.add(new Reading(sensorOf(m.device()), m.quantity(), m.value(), m.unit(), quality, now));
                }
            }
            case Heard.Presence p ->
                out.println("  presence" + device + ": " + (p.isOnline() ? "online" : "offline")
                        + (switch (p.reach()) {
                            case ITSELF -> "";
                            case BELOW -> ", with all below it";
                            case ALL -> ", with all sensors of this base";
                        }));
            case Heard.Learned l ->
                out.println("  learned" + device + ": speaks on "
                        + l.messages().stream().map(m -> m.topic().text()).toList());
            case Heard.Ask a -> out.println("  asks" + device + " on " + a.topic() + ": " + a.why());
            case Heard.Refused r -> out.println("  REFUSED" + device + ": " + r.reason());
            case Heard.Nothing n -> out.println("  nothing" + device + ": " + n.reason());
        }
    }

    private String sensorOf(String device) {
        return settings.stream()
                .flatMap(s -> s.field().sensors().stream())
                .filter(s -> s.feed().profile().id().equals(profile.id())
                        && (s.feed().device().equals(device) || device.isEmpty()))
                .map(SensorSettings::id)
                .findFirst()
                .orElse(NOBODY);
    }

    /** Which rules would fire. */
    void explain() {
        if (settings.isEmpty()) {
            out.println("  rules: no good configuration, so none is tried (-c FILE)");
            return;
        }
        RuleSet rules = RuleSet.compile(
                settings.get().rules(),
                settings.get().zones(),
                settings.get().decisions().modes());
        for (Reading reading : readings) {
            String who = reading.sensor().equals(NOBODY) ? "no sensor is configured for it" : reading.sensor();
            List<CompiledRule> concerned = rules.forReading(reading);
            if (concerned.isEmpty()) {
                out.println("  rules for " + reading.quantity() + " (" + who + "): none");
            }
            for (CompiledRule rule : concerned) {
                out.println("  rule " + rule.definition().id() + " (" + who + "): " + verdict(rule, reading));
            }
        }
    }

    private String verdict(CompiledRule rule, Reading reading) {
        Outcome first = Evaluation.of(rule, Evaluation.fresh(rule, now), new RuleInput.Sample(reading, false), now);
        if (!first.findings().isEmpty()) {
            return "FIRES at once: " + said(first);
        }
        OptionalLong due = Evaluation.nextDue(rule, first.state());
        if (due.isPresent()) {
            Duration after = Duration.ofNanos(due.getAsLong() - now.steadyNanos());
            Moment then = new Moment(
                    now.wall().plus(after), now.quality(), now.bootId(), now.steadyNanos() + after.toNanos());
            Outcome later = Evaluation.of(rule, first.state(), new RuleInput.Tick(), then);
            if (!later.findings().isEmpty()) {
                return "FIRES after " + after.toSeconds() + " s if it lasts: " + said(later);
            }
        }
        return "does not fire: " + first.reason().code();
    }

    private static String said(Outcome outcome) {
        Finding finding = outcome.findings().getFirst();
        String why =
                finding.why().isEmpty() ? "" : ", " + finding.why().getLast().detail();
        return finding.severity() + why;
    }
}
