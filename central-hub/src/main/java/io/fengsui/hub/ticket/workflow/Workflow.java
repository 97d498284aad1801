package io.fengsui.hub.ticket.workflow;

import io.fengsui.protocol.value.Name;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that tickets go through: states and the commands between them, as read from a file.
 *
 * @param states by id, in the order of the file
 */
public record Workflow(String id, Name name, String initial, Map<String, State> states, List<Step> steps) {

    public record State(String id, Name name, Category category) {}

    /**
     * A command and the states it leads from, and to.
     *
     * @param to empty when it leads nowhere else, or back
     */
    public record Step(String command, Name name, List<String> from, String to, Terms terms) {
        public Step {
            from = List.copyOf(from);
            if ((terms.effect() == Effect.MOVE) == to.isEmpty()) {
                throw new IllegalArgumentException(
                        "step '" + command + "' has a state to lead to if its effect is to move, and only then");
            }
        }
    }

    /**
     * @param roles who may take it; empty for everyone but viewers
     * @param guards what must be there
     * @param ifStillThere the boxes are asked before the step; the state that it leads to instead when the thing is still
     *     there. Empty: nobody is asked
     */
    public record Terms(Effect effect, Mark mark, Set<Role> roles, Set<Guard> guards, String ifStillThere) {
        public Terms(Effect effect, Mark mark, Set<Role> roles, Set<Guard> guards) {
            this(effect, mark, roles, guards, "");
        }

        public Terms {
            roles = roles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(roles));
            guards = guards.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(guards));
        }

        public boolean allows(Role role) {
            return role == Role.ADMIN || (roles.isEmpty() ? role != Role.VIEWER : roles.contains(role));
        }
    }

    public Workflow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        steps = List.copyOf(steps);
        if (!states.containsKey(initial)) {
            throw new IllegalArgumentException("the initial state '" + initial + "' is not among the states");
        }
        Set<String> seen = new HashSet<>();
        for (Step step : steps) {
            if (!step.to().isEmpty()) {
                requireState(states, step, step.to());
            }
            String back = step.terms().ifStillThere();
            if (!back.isEmpty()) {
                State state = states.get(back);
                if (state == null || step.to().isEmpty() || state.category() != Category.OPEN) {
                    throw new IllegalArgumentException("step '" + step.command()
                            + "' has if-still-there only where it moves, and it names an open state");
                }
            }
            for (String from : step.from()) {
                requireState(states, step, from);
                if (!seen.add(step.command() + " " + from)) {
                    throw new IllegalArgumentException("two steps '" + step.command() + "' lead from '" + from + "'");
                }
            }
        }
    }

    private static void requireState(Map<String, State> states, Step step, String state) {
        if (!states.containsKey(state)) {
            throw new IllegalArgumentException("step '" + step.command() + "' names the unknown state '" + state + "'");
        }
    }

    /** The step of this command from this state. */
    public Optional<Step> step(String command, String from) {
        return steps.stream()
                .filter(step -> step.command().equals(command) && step.from().contains(from))
                .findFirst();
    }

    public boolean hasCommand(String command) {
        return steps.stream().anyMatch(step -> step.command().equals(command));
    }

    /** The step that ends a suspension in this state; empty when the file has none. */
    public Optional<Step> resuming(String state) {
        return stepsFrom(state).stream()
                .filter(step -> step.terms().effect() == Effect.RESUME)
                .findFirst();
    }

    /** The steps that are possible from this state. */
    public List<Step> stepsFrom(String state) {
        return steps.stream().filter(step -> step.from().contains(state)).toList();
    }

    /** A state by id; one that the file no longer has counts as open, for somebody still has to do something. */
    public State state(String id) {
        State known = states.get(id);
        return known != null ? known : new State(id, new Name(id, id), Category.OPEN);
    }
}
