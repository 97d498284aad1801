package io.fengsui.edge.patrol;

import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.value.Detection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round that was made. Every camera of the patrol has a visit, those that could not be seen too.
 *
 * @param sheet JPEG of all pictures; empty when it could not be made
 * @param plan where the pictures lie on it, in the order of the visits
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is; never compared
public record Round(PatrolSettings patrol, List<Visit> visits, byte[] sheet, SheetPlan plan) {
    /**
     * One camera.
     *
     * @param picture null when it was missed
     * @param found what counts of what the detector saw
     * @param missed why it was not seen; empty when it was
     */
    public record Visit(String camera, @Nullable LookedPicture picture, List<Detection> found, String missed) {
        public Visit {
            found = List.copyOf(found);
        }
    }

    public Round {
        visits = List.copyOf(visits);
    }
}
