package io.fengsui.edge.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.decide.why.DecisionLog;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import io.fengsui.rules.timing.Mode;
import io.fengsui.rules.timing.Modes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Answers why something was decided, and switches modes. Thread-safe. */
final class AskingDesk {
    private static final Duration USUAL_SPAN = Duration.ofMinutes(5);
    private static final long ANSWER_SECONDS = 5;

    private final Decider decider;
    private final DecisionLog log;
    private final AgentClock clock;
    private final Supplier<AgentSettings> settings;

    AskingDesk(Decider decider, DecisionLog log, AgentClock clock, Supplier<AgentSettings> settings) {
        this.decider = decider;
        this.log = log;
        this.clock = clock;
        this.settings = settings;
    }

    ControlReply why(ControlRequest.Why request) {
        ZoneId zone = settings.get().identity().timeZone();
        Optional<Instant> at = moment(request.at(), zone);
        if (at.isEmpty()) {
            return new ControlReply.Refused(
                    "'" + request.at() + "' is no time; write 21:30, 2026-05-01T21:30 or 2026-05-01T13:30:00Z");
        }
        if (!isKnown(request.subject())) {
            return new ControlReply.Refused("there is no camera or sensor '" + request.subject() + "'");
        }
        Duration within = request.within().isZero() ? USUAL_SPAN : request.within();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("subject", request.subject())
                .put("zone", zone.getId())
                .put("at", at.get().toString());
        log.since(request.subject()).ifPresent(since -> body.put("knownSince", since.toString()));
        ArrayNode decisions = body.putArray("decisions");
        for (DecisionLog.Decision d : log.around(request.subject(), at.get(), within)) {
            decisions
                    .addObject()
                    .put("from", d.from().toString())
                    .put("until", d.until().toString())
                    .put("times", d.times())
                    .put("stage", d.stage())
                    .put("who", d.who())
                    .put("code", d.code())
                    .put("detail", d.detail());
        }
        return new ControlReply.Done(body);
    }

    /** For the hub: what a camera of this box saw in a window. */
    CompletableFuture<Answer.Finding> activity(Question.WasThereActivity asked) {
        boolean isOurs =
                settings.get().cameras().stream().anyMatch(camera -> camera.id().equals(asked.camera()));
        if (!isOurs) {
            return CompletableFuture.completedFuture(new Answer.Nothing("there is no such camera"));
        }
        return decider.activity(asked);
    }

    /** For the hub: whether what an event is about is still there. */
    CompletableFuture<Answer.Finding> presence(Question.IsItStillThere asked) {
        return decider.isStillThere(asked.event());
    }

    /** For the hub: what a sensor of this box said last. */
    CompletableFuture<Answer.Finding> latest(Question.LatestReading asked) {
        boolean isOurs = settings.get().field().sensors().stream()
                .anyMatch(sensor -> sensor.id().equals(asked.sensor()));
        return isOurs
                ? decider.latest(asked.sensor(), asked.quantity())
                : CompletableFuture.completedFuture(new Answer.Nothing("there is no such sensor"));
    }

    /** For the hub: one more picture of an open event; what is wrong, or nothing. */
    CompletableFuture<String> snapshot(Order.TakeSnapshot order) {
        return decider.attach(order.camera(), order.event());
    }

    private boolean isKnown(String subject) {
        AgentSettings current = settings.get();
        return current.cameras().stream().anyMatch(camera -> camera.id().equals(subject))
                || current.field().sensors().stream()
                        .anyMatch(sensor -> sensor.id().equals(subject));
    }

    /** A time of today, a local time, or one with its zone. */
    private Optional<Instant> moment(String text, ZoneId zone) {
        Instant now = clock.get().wall();
        if (text.isBlank()) {
            return Optional.of(now);
        }
        try {
            if (text.matches("[0-9]{2}:[0-9]{2}(:[0-9]{2})?")) {
                Instant today = LocalDate.ofInstant(now, zone)
                        .atTime(LocalTime.parse(text))
                        .atZone(zone)
                        .toInstant();
                // Late in the evening of yesterday, asked after midnight.
                return Optional.of(today.isAfter(now.plusSeconds(60)) ? today.minus(Duration.ofDays(1)) : today);
            }
            return Optional.of(
                    text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    ControlReply modes() throws IOException, InterruptedException {
        Modes modes = wait(decider.modes());
        Instant now = clock.get().wall();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("modes");
        modes.known().values().stream().sorted(Comparator.comparing(Mode::id)).forEach(mode -> {
            ObjectNode one = list.addObject()
                    .put("id", mode.id())
                    .put("name", mode.name().zh())
                    .put("on", modes.isOn(mode.id(), now));
            Modes.Switch switched = modes.switches().get(mode.id());
            if (switched != null && now.isBefore(switched.until())) {
                one.put("until", switched.until().toString());
            }
        });
        return new ControlReply.Done(body);
    }

    ControlReply switchMode(ControlRequest.SwitchMode request) throws IOException, InterruptedException {
        boolean isTooLong = request.duration().isZero() || request.duration().compareTo(Modes.LONGEST_SWITCH) > 0;
        if (isTooLong) {
            return new ControlReply.Refused("a switch holds for at most " + Modes.LONGEST_SWITCH.toDays() + " days");
        }
        Instant until = clock.get().wall().plus(request.duration()).truncatedTo(ChronoUnit.MILLIS);
        boolean isKnown = wait(decider.switchMode(request.mode(), new Modes.Switch(request.isOn(), until)));
        return isKnown ? modes() : new ControlReply.Refused("there is no mode '" + request.mode() + "'");
    }

    private static <T> T wait(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the decider does not answer: " + e.getMessage(), e);
        }
    }
}
