package io.fengsui.hub.grid.unit;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.util.List;

/** Somebody that handles tickets: a department, a company, a grid worker's team. */
public record Unit(String id, Name name, String phone, List<Answer> answers, List<Shift> duty) {

    /**
     * What it answers for.
     *
     * @param areas codes; empty for every place
     */
    public record Answer(List<KindPattern> kinds, List<String> areas) {
        public Answer {
            kinds = List.copyOf(kinds);
            areas = List.copyOf(areas);
        }
    }

    public Unit {
        Checks.id("unit", id);
        Checks.text("phone", phone);
        answers = List.copyOf(answers);
        duty = List.copyOf(duty);
    }
}
