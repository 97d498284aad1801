package io.fengsui.hub.console;

import io.fengsui.hub.console.name.KindName;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The nine steps, as the console sees them. */
final class TestFlow implements TicketFlow {
    private static final Set<Role> ROLES = Set.of(Role.DISPATCHER, Role.UNIT, Role.SUPERVISOR, Role.ADMIN);

    private record Row(String state, String zh, String en, String command, String commandZh, String commandEn) {}

    private static final List<Row> ROWS = List.of(
            new Row("reported", "上报", "Reported", "accept", "受理", "Accept"),
            new Row("accepted", "受理", "Accepted", "verify", "核实", "Verify"),
            new Row("verified", "核实", "Verified", "file", "立案", "File"),
            new Row("filed", "立案", "Filed", "dispatch", "派遣", "Dispatch"),
            new Row("dispatched", "派遣", "Dispatched", "handle", "办理", "Handle"),
            new Row("handled", "办理", "Handled", "inspect", "核查", "Inspect"),
            new Row("inspected", "核查", "Inspected", "close", "结案", "Close"),
            new Row("closed", "结案", "Closed", "revisit", "回访", "Revisit"),
            new Row("revisited", "回访", "Revisited", "", "", ""),
            new Row("void", "作废", "Void", "", "", ""));

    @Override
    public List<State> states() {
        return ROWS.stream()
                .map(row -> new State(
                        row.state(),
                        new Name(row.zh(), row.en()),
                        !List.of("closed", "revisited", "void").contains(row.state())))
                .toList();
    }

    @Override
    public Name stateName(String workflow, String state) {
        return ROWS.stream()
                .filter(row -> row.state().equals(state))
                .findFirst()
                .map(row -> new Name(row.zh(), row.en()))
                .orElse(new Name(state, state));
    }

    @Override
    public List<KindName> kinds() {
        return List.of(
                new KindName("fire.smoke", new Name("烟感报警", "Smoke")),
                new KindName("fire.*", new Name("火情报警", "Fire")),
                new KindName("safety.intrusion", new Name("禁区有人停留", "Person in a forbidden zone")));
    }

    /** Of crowds there are none here. */
    @Override
    public boolean opensTicket(EventKind kind, Severity severity) {
        return !kind.value().equals("safety.crowd");
    }

    @Override
    public List<Step> next(String workflow, String state) {
        List<Step> steps = new ArrayList<>();
        ROWS.stream()
                .filter(row -> row.state().equals(state) && !row.command().isEmpty())
                .forEach(row -> {
                    steps.add(new Step(
                            row.command(),
                            new Name(row.commandZh(), row.commandEn()),
                            List.of(),
                            true,
                            Category.OPEN,
                            ROLES));
                    if (!state.equals("closed")) {
                        steps.add(
                                new Step("void", new Name("作废", "Void"), List.of("note"), false, Category.VOID, ROLES));
                    }
                });
        return steps;
    }

    /** The state after a command; empty when it is not possible. */
    String after(String state, String command) {
        if (next("", state).stream().noneMatch(step -> step.command().equals(command))) {
            return "";
        }
        if (command.equals("void")) {
            return "void";
        }
        List<String> order = ROWS.stream().map(Row::state).toList();
        return order.get(order.indexOf(state) + 1);
    }
}
