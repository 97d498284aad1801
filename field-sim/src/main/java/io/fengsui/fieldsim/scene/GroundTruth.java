package io.fengsui.fieldsim.scene;

import io.fengsui.protocol.value.Box;
import java.util.List;
import java.util.stream.IntStream;

/** Where everybody in a scene truly is. Pure: needs no drawing. */
public final class GroundTruth {
    /** What a perfect detector would say of one moment of the scene. */
    public record TrueBox(double seconds, String label, Box box) {}

    private GroundTruth() {}

    /** The boxes at one moment. */
    public static List<TrueBox> at(SceneScript script, double seconds) {
        return script.actors().stream()
                .flatMap(actor -> actor.boxAt(seconds, script.size()).stream()
                        .map(box -> new TrueBox(seconds, actor.label(), box)))
                .toList();
    }

    /** The boxes at each whole second. */
    public static List<TrueBox> eachSecond(SceneScript script) {
        return IntStream.range(0, script.seconds())
                .mapToObj(second -> at(script, second))
                .flatMap(List::stream)
                .toList();
    }
}
