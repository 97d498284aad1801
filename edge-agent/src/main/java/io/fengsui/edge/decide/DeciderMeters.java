package io.fengsui.edge.decide;

import io.fengsui.edge.meter.StandingGauge;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What can be counted of the decider; read when scraped. Thread-safe. */
final class DeciderMeters {
    private final Decider decider;
    private final MeterRegistry registry;

    private DeciderMeters(Decider decider, MeterRegistry registry) {
        this.decider = decider;
        this.registry = registry;
    }

    static void register(Decider decider, MeterRegistry registry) {
        DeciderMeters meters = new DeciderMeters(decider, registry);
        meters.ofInputs();
        meters.ofOutcomes();
        StandingGauge.register(decider.progress(), registry);
    }

    private void ofInputs() {
        gauge(
                "edge_decide_queue",
                "Inputs waiting for the decider",
                d -> d.queue().size());
        counter(
                "edge_decide_pictures_replaced",
                "Looked pictures that gave way to newer ones",
                d -> d.queue().picturesReplaced());
        counter(
                "edge_decide_readings_refused",
                "Sensor messages refused for want of room",
                d -> d.queue().messagesRefused());
        counter(
                "edge_decide_inputs_refused",
                "Other inputs refused for want of room",
                d -> d.queue().othersRefused());
    }

    private void ofOutcomes() {
        counter(
                "edge_decide_failures",
                "Exceptions kept from ending the decider's thread",
                d -> d.endurance().failures());
        counter(
                "edge_decide_quarantined",
                "Sensor messages that could not be decided for an exception, and were kept for people",
                d -> d.endurance().undecided());
        gauge(
                "edge_decide_slots_waiting",
                "Slots that the spool refused, to be offered again",
                d -> d.counts().waitingSlots());
        gauge("edge_events_open", "Events that are open", d -> d.counts().openEvents());
        gauge(
                "edge_pictures_awaited",
                "Pictures of events not yet answered for",
                d -> d.counts().awaitedPictures());
        counter(
                "edge_decide_slots_dropped",
                "Slots dropped for want of room",
                d -> d.counts().droppedSlots());
        gauge(
                "edge_rules_stopped",
                "Rules stopped for failing or for taking too much time",
                d -> d.counts().stoppedRules());
        counter(
                "edge_rule_failures",
                "Evaluations of rules that failed",
                d -> d.counts().ruleFailures());
    }

    private void gauge(String name, String description, ToDoubleFunction<Decider> f) {
        Gauge.builder(name, decider, f).description(description).register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<Decider> f) {
        FunctionCounter.builder(name, decider, f).description(description).register(registry);
    }
}
