package io.fengsui.hub.ticket.workflow;

import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a workflow from its YAML file. */
public final class WorkflowReader {
    private WorkflowReader() {}

    /** Reads a workflow that is open already. */
    public static Optional<Workflow> workflow(MapReader map) {
        String id = map.id("id");
        Name name = name(map, "name");
        String initial = map.id("initial");
        List<Workflow.State> states = map.maps("states", WorkflowReader::state);
        List<Workflow.Step> steps = map.maps("steps", WorkflowReader::step);
        Map<String, Workflow.State> byId = new LinkedHashMap<>();
        for (Workflow.State state : states) {
            if (byId.put(state.id(), state) != null) {
                map.problem("states", Problem.Code.VALUE, "two states have the id " + state.id(), "each id once");
            }
        }
        return map.finish(() -> new Workflow(id, name, initial, byId, steps));
    }

    private static Optional<Workflow.State> state(MapReader map) {
        String id = map.id("id");
        Name name = name(map, "name");
        Category category = map.enumeration("category", Category.class, Category.OPEN);
        return map.finish(() -> new Workflow.State(id, name, category));
    }

    private static Optional<Workflow.Step> step(MapReader map) {
        String command = map.id("command");
        Name name = name(map, "name");
        List<String> from = map.list("from", ValueReader::string);
        String to = map.id("to");
        return map.finish(() -> new Workflow.Step(command, name, from, to));
    }

    /** A text in both languages: {@code {zh: …, en: …}}. */
    public static Name name(MapReader map, String key) {
        return map.map(key)
                .flatMap(both -> {
                    String zh = both.string("zh");
                    String en = both.string("en");
                    return both.finish(() -> new Name(zh, en));
                })
                .orElse(Name.NONE);
    }
}
