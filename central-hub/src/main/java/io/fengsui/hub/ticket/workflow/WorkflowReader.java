package io.fengsui.hub.ticket.workflow;

import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a workflow from its YAML file. */
public final class WorkflowReader {
    private static final Pattern COMMAND = Pattern.compile("[a-z][a-z-]{0,31}");

    private WorkflowReader() {}

    /** Reads a workflow that is open already. */
    public static Optional<Workflow> workflow(MapReader map) {
        String id = map.id("id");
        Name name = name(map, "name");
        String initial = map.id("initial");
        List<Workflow.State> states = map.maps("states", WorkflowReader::state);
        Map<String, Workflow.State> byId = new LinkedHashMap<>();
        for (Workflow.State state : states) {
            if (byId.put(state.id(), state) != null) {
                map.problem("states", Problem.Code.VALUE, "two states have the id " + state.id(), "each id once");
            }
        }
        List<Workflow.Step> steps = map.maps("steps", step -> step(step, states));
        return map.finish(() -> new Workflow(id, name, initial, byId, steps));
    }

    private static Optional<Workflow.State> state(MapReader map) {
        String id = map.id("id");
        Name name = name(map, "name");
        Category category = map.enumeration("category", Category.class, Category.OPEN);
        return map.finish(() -> new Workflow.State(id, name, category));
    }

    private static Optional<Workflow.Step> step(MapReader map, List<Workflow.State> states) {
        String command = map.matching("command", COMMAND, "small letters and hyphens, such as accept");
        Name name = name(map, "name");
        List<String> from = map.list("from", ValueReader::string).stream()
                .flatMap(one -> from(one, states))
                .toList();
        Effect effect = map.enumeration("effect", Effect.class, Effect.MOVE);
        String to = effect == Effect.MOVE ? map.id("to") : "";
        Mark mark = map.enumeration("mark", Mark.class, Mark.NONE);
        Set<Role> roles = Set.copyOf(map.list("roles", value -> value.enumeration(Role.class)));
        Set<Guard> needs = Set.copyOf(map.list("needs", value -> value.enumeration(Guard.class)));
        String back = map.has("if-still-there") ? map.id("if-still-there") : "";
        return map.finish(
                () -> new Workflow.Step(command, name, from, to, new Workflow.Terms(effect, mark, roles, needs, back)));
    }

    /** A state, or every state of a category: {@code all-open}, {@code all-suspended}, {@code all-closed}. */
    private static Stream<String> from(String text, List<Workflow.State> states) {
        for (Category category : Category.values()) {
            if (text.equals("all-" + ValueReader.label(category))) {
                return states.stream()
                        .filter(state -> state.category() == category)
                        .map(Workflow.State::id);
            }
        }
        return Stream.of(text);
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
