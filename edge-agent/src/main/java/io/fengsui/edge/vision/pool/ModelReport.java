package io.fengsui.edge.vision.pool;

import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a check of a model package found out.
 *
 * @param pictures one entry a golden picture
 */
public record ModelReport(ModelInUse model, List<PictureReport> pictures) {
    /**
     * @param differences to what was expected, for people; empty when there are none
     * @param medianNanos one detection, preparing and reading with it
     * @param worstNanos the slowest of the runs
     */
    public record PictureReport(
            String name, List<Detection> found, List<String> differences, long medianNanos, long worstNanos) {
        public PictureReport {
            found = List.copyOf(found);
            differences = List.copyOf(differences);
        }
    }

    public ModelReport {
        pictures = List.copyOf(pictures);
    }

    /** Whether every picture gave what was expected; a package without pictures is not checked, so it is not good. */
    public boolean isGood() {
        return !pictures.isEmpty()
                && pictures.stream().allMatch(picture -> picture.differences().isEmpty());
    }

    /** For a terminal, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("model " + model.name() + " version " + model.version() + " sha256 " + model.sha256());
        for (PictureReport picture : pictures) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %d found, detection %.1f ms (median), %.1f ms (worst)",
                    picture.name(),
                    picture.found().size(),
                    picture.medianNanos() / 1e6,
                    picture.worstNanos() / 1e6));
            picture.differences().forEach(difference -> lines.add("  " + difference));
        }
        if (pictures.isEmpty()) {
            lines.add("the package has no golden pictures, so nothing was checked");
        }
        lines.add(isGood() ? "good" : "NOT good");
        return lines;
    }
}
