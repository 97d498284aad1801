package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventDesk;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ticket of each incident before tickets hear of it: its own, another's, or none yet. Invariant: an incident
 * that waits is a row with the moment until which it does. Where no policy is given it gathers only while work is announced,
 * and until what that held back is decided. Writer's thread only.
 */
public final class GatherDesk implements Stage, IncidentSink {
    private static final int MAX_DUE = 256;

    /** What surrounds it. */
    public record Around(
            IncidentSink next, WorkedOn tickets, Function<Event, Place> place, Waiting waiting, Announced works) {}

    private final GatherTable table;
    private final GatherDecider.Rules rules;
    private final Around around;
    private final RecentIncidents recent;
    private boolean isLoaded;
    /** Whether something has been, or may have been, held back since it was loaded. */
    private boolean isHolding;

    private @Nullable EventDesk events;

    public GatherDesk(GatherTable table, Terms terms, Around around) {
        this.table = table;
        this.rules = new GatherDecider.Rules(terms.policy(), terms.areas(), terms.zone());
        this.around = around;
        this.recent = new RecentIncidents(table, one -> GatherDecider.traits(one, terms.policy(), terms.areas()));
    }

    /** What it goes by. */
    public record Terms(GatherPolicy policy, AreaBook areas, ZoneId zone) {}

    /** Who gives an incident once more when it has waited; once, before the first input. */
    public void again(EventDesk desk) {
        events = desk;
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        if (!isGathering(turn.now())) {
            return around.next().onNews(correlation, turn);
        }
        Incident incident = correlation.incident();
        boolean isFresh = correlation.was() == null && incident.id().equals(Incident.freshId(turn.id()));
        Gathered known = isFresh ? recent.inMemory(incident.id()) : recent.find(incident.id());
        if (incident.ticket() != null) {
            return onTicket(incident.ticket(), known, correlation, turn);
        }
        GatherDecider.Asked asked = asked(withoutTicket(known, correlation), incident, turn.now());
        Gathered one = asked.one();
        if (one.held() != null && one.held().isAfter(turn.now())) {
            recent.put(one);
            return null;
        }
        GatherDecider.Decision decision =
                GatherDecider.decide(asked, recent.others(one, turn.now()), rules, around.tickets(), turn.now());
        return switch (decision.reason()) {
            case WAITS_FOR_CAUSE, MAINTENANCE -> {
                recent.put(one.with(null, decision.reason(), decision.until()));
                yield null;
            }
            case OVER_MEANWHILE -> {
                recent.put(one.with(null, decision.reason(), null));
                yield null;
            }
            case OWN, SAME_THING, INHIBITED, CAUSE_OF_OTHERS, COMMON_CAUSE, FLAPPING, STORM ->
                settle(one, decision, correlation, turn);
        };
    }

    /** What is known of an incident now that has no ticket, or begins anew; until it has one, its part in the one before counts. */
    private Gathered withoutTicket(@Nullable Gathered known, Correlation correlation) {
        if (known == null) {
            return fresh(correlation);
        }
        Gathered one;
        if (known.ticket() == null) {
            one = known.seen(correlation.event().id(), correlation.incident());
        } else {
            // It has begun anew, and has nothing of the ticket that stood before.
            recent.remove(known.incident());
            one = fresh(correlation);
        }
        return one.asSevereAs(known.severity());
    }

    /** News of what has its ticket. */
    private @Nullable String onTicket(String ticket, @Nullable Gathered known, Correlation correlation, Turn turn) {
        Incident incident = correlation.incident();
        boolean hasWaited = correlation.was() == null;
        if (known != null
                && known.ticket() == null
                && known.held() != null
                && !hasWaited
                && around.tickets().find(ticket).isEmpty()) {
            // What waits began when this ticket was done; it goes on waiting.
            recent.put(
                    known.event().equals(correlation.event().id())
                            ? known.seen(known.event(), incident)
                            : known.open(incident.isOpen()));
            return around.next().onNews(correlation, turn);
        }
        Gathered one = known == null
                ? fresh(correlation)
                : known.seen(correlation.event().id(), incident);
        boolean isWorkedOn = around.tickets().find(ticket).isPresent();
        Severity then = known == null ? null : known.severity();
        recent.put((isWorkedOn ? one : one.asSevereAs(then)).with(ticket, one.reason(), null));
        return hasWaited ? ticket : around.next().onNews(alone(correlation), turn);
    }

    private @Nullable String settle(Gathered one, GatherDecider.Decision decision, Correlation correlation, Turn turn) {
        String ticket = decision.ticket();
        Severity severity = correlation.incident().severity();
        if (ticket == null) {
            String own = own(one, correlation, turn);
            recent.put((own == null ? one : one.asSevereAs(severity)).with(own, decision.reason(), null));
            return own;
        }
        Gathered joined = one.asSevereAs(severity).with(ticket, decision.reason(), null);
        recent.put(joined);
        Correlation.Company company = new Correlation.Company(decision.reason().name(), hasOthers(joined));
        return around.next().onNews(correlation.with(company, ticket), turn);
    }

    /** That the hub let it wait makes nothing late: it is told when it was heard, and what its edge stands by is not old. */
    private @Nullable String own(Gathered one, Correlation correlation, Turn turn) {
        if (one.held() == null || correlation.was() != null) {
            return around.next().onNews(correlation, turn);
        }
        EventState event = correlation.event();
        turn.heard(event.times().received());
        String own = around.next().onNews(correlation, turn);
        return own == null && event.isOpen() && !event.isUnconfirmed()
                ? around.next().onConfirmation(correlation, turn)
                : own;
    }

    /** Says whether the ticket has other incidents that are open: then it is not over with this one. */
    private Correlation alone(Correlation correlation) {
        Gathered one = recent.find(correlation.incident().id());
        return one == null || !hasOthers(one)
                ? correlation
                : correlation.with(
                        new Correlation.Company("", true),
                        correlation.incident().ticket());
    }

    private boolean hasOthers(Gathered one) {
        return one.ticket() != null && recent.hasOtherOpen(one.ticket(), one.incident());
    }

    /** How severe an incident was when its ticket was last worked on; null when that is not known. */
    public @Nullable Severity severity(String incident, Instant now) {
        Gathered known = isGathering(now) ? recent.find(incident) : null;
        return known == null ? null : known.severity();
    }

    private Gathered fresh(Correlation correlation) {
        return Gathered.fresh(
                correlation, around.place().apply(correlation.event().event()));
    }

    private GatherDecider.Asked asked(Gathered one, Incident incident, Instant now) {
        Severity severity = incident.severity();
        Instant announced = around.works().worksUntil(one, severity, now);
        return Works.freed(new GatherDecider.Asked(one, severity, announced), rules, now);
    }

    private boolean isGathering(Instant now) {
        if (!isLoaded) {
            isHolding = table.isHolding() || around.works().isAny(now);
            if (!rules.policy().isUsed() && !isHolding) {
                table.lose();
            }
            recent.load(now);
            isLoaded = true;
        }
        isHolding |= around.works().isAny(now);
        return rules.policy().isUsed() || isHolding;
    }

    @Override
    public @Nullable String onConfirmation(Correlation told, Turn turn) {
        if (!isGathering(turn.now())) {
            return around.next().onConfirmation(told, turn);
        }
        Incident incident = told.incident();
        Gathered known = recent.find(incident.id());
        if (incident.ticket() == null && !told.event().isUnconfirmed() && waits(known, told, turn.now())) {
            return null;
        }
        String ticket = around.next().onConfirmation(told, turn);
        if (known != null && ticket != null && !ticket.equals(incident.ticket())) {
            recent.put(known.asSevereAs(incident.severity()).with(ticket, GatherReason.OWN, null));
        }
        return ticket;
    }

    /** Whether what would have its ticket now, as its edge says that it still holds, goes on waiting or begins to. */
    private boolean waits(@Nullable Gathered known, Correlation told, Instant now) {
        GatherDecider.Asked asked = asked(withoutTicket(known, told), told.incident(), now);
        Gathered one = asked.one();
        if (one.held() != null && one.held().isAfter(now)) {
            recent.put(one);
            return true;
        }
        Instant works = Works.until(asked, rules, now);
        if (works != null) {
            recent.put(one.with(null, GatherReason.MAINTENANCE, works));
        }
        return works != null;
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        around.next().onEvidenceLost(edge, lost, turn);
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(TaskInput.HoldOver(String incident)) && isGathering(turn.now())) {
            Gathered one = recent.find(incident);
            if (one != null && one.ticket() == null && one.held() != null) {
                Objects.requireNonNull(events).again(one.event(), turn);
            }
        } else if (input instanceof Input.TaskTaken(TaskInput.SilenceEnded ended) && isGathering(turn.now())) {
            recent.release(turn.now());
        }
    }

    @Override
    public List<Input> due(Instant now) {
        if (!isGathering(now)) {
            return List.of();
        }
        recent.write();
        return around.waiting().over(table.held(now, MAX_DUE), recent::find);
    }

    @Override
    public void write() {
        recent.write();
    }

    @Override
    public void forget() {
        recent.forget();
        isLoaded = false;
    }
}
