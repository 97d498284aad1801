package io.fengsui.fieldsim.library;

import io.fengsui.fieldsim.scene.GroundTruth;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.protocol.value.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * What truly happens in a stream.
 *
 * @param kind the class of streams it stands for
 * @param frames in all; after the last one the first follows
 * @param happenings in order; empty where nothing moves, or where nobody knows
 */
public record StreamTruth(
        String name,
        String kind,
        String codec,
        int framesPerSecond,
        int gopFrames,
        int frames,
        boolean isDrawn,
        List<Happening> happenings) {

    /**
     * Somebody comes by.
     *
     * @param size of the object, in words
     * @param firstFrame the first picture that shows it; the last one is the last that does
     */
    public record Happening(String label, String size, int firstFrame, int lastFrame, List<Place> places) {
        public Happening {
            places = List.copyOf(places);
        }
    }

    /** Where it is in one picture. */
    public record Place(int frame, Box box) {}

    public StreamTruth {
        happenings = List.copyOf(happenings);
    }

    static StreamTruth of(StreamRecipe recipe) {
        SceneScript script = recipe.script();
        List<Place> places = new ArrayList<>();
        String label = "";
        for (int frame = 0; frame < script.frames(); frame++) {
            int at = frame;
            for (GroundTruth.TrueBox seen : GroundTruth.at(script, (double) frame / script.framesPerSecond())) {
                places.add(new Place(at, seen.box()));
                label = seen.label();
            }
        }
        List<Happening> happenings = places.isEmpty()
                ? List.of()
                : List.of(new Happening(
                        label,
                        recipe.size(),
                        places.getFirst().frame(),
                        places.getLast().frame(),
                        places));
        return new StreamTruth(
                recipe.name(),
                recipe.kind().id(),
                recipe.kind().codec(),
                script.framesPerSecond(),
                recipe.kind().gopSeconds() * script.framesPerSecond(),
                script.frames(),
                true,
                happenings);
    }
}
