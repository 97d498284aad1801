package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the findings that incidents have waited long enough. */
@FunctionalInterface
public interface Waiting {
    /**
     * @param incidents that have waited
     * @param find what is known of one; null when nothing is
     * @return findings of those that can be decided now; the others are asked for again at the next tick
     */
    List<Input> over(List<String> incidents, Function<String, @Nullable Gathered> find);

    /** Of incidents whose edges this writer serves itself. */
    static List<Input> own(List<String> incidents) {
        return incidents.stream()
                .<Input>map(incident -> new Input.TaskTaken(new TaskInput.HoldOver(incident)))
                .toList();
    }
}
