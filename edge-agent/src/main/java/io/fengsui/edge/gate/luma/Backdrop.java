package io.fengsui.edge.gate.luma;

import io.fengsui.rules.geometry.Polygon;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The second tier of one camera: what its small pictures look like while nothing is there, by which light, and the one that
 * differs and waits for the detector's word. Confined to the camera's event loop.
 */
public final class Backdrop {
    private static final long RELEARN = TimeUnit.SECONDS.toNanos(5);

    private final LumaBackground background = new LumaBackground();
    private List<Polygon> hidden = List.of();
    private LightRegime light = LightRegime.COLOUR;
    private @Nullable LumaPicture suspect;
    private long suspectNanos;
    private long newLightUntil;
    private boolean isNewLight;

    public LightRegime light() {
        return light;
    }

    /** Whether the light has changed a moment ago, so that sizes and pictures are not what they were. */
    public boolean isNewLight(long now) {
        isNewLight &= now - newLightUntil < 0;
        return isNewLight;
    }

    /** Another stream. */
    public void clear() {
        suspect = null;
        background.clear();
    }

    /**
     * Compares a small picture with the background, and learns from it unless something is there.
     *
     * @param ignored parts of the picture in which movement does not count
     */
    public LumaChange take(LumaPicture picture, List<Polygon> ignored, long arrivalNanos, long now) {
        if (!hidden.equals(ignored)) {
            hidden = ignored;
            background.hide(hidden);
        }
        LumaChange change = background.compare(picture);
        LightRegime before = light;
        light = light.after(picture.chroma());
        if (before != light || change.kind() == LumaChange.Kind.LIGHT) {
            background.absorb(picture);
            isNewLight = true;
            newLightUntil = now + RELEARN;
            return LumaChange.UNKNOWN;
        }
        switch (change.kind()) {
            case UNKNOWN -> background.absorb(picture);
            case NOTHING -> background.learn(picture);
            case LOCAL, WIDE -> {
                suspect = picture;
                suspectNanos = arrivalNanos;
            }
            case LIGHT -> {}
        }
        return change;
    }

    /** When the picture that differs came; the other moment if there is none. */
    public long movedAt(long other) {
        return suspect == null ? other : suspectNanos;
    }

    /** The detector found what differs. */
    public void believe() {
        suspect = null;
    }

    /** The detector found nothing, several times: it looks like this now. */
    public void excuse() {
        LumaPicture small = suspect;
        if (small != null) {
            background.excuse(small);
            suspect = null;
        }
    }
}
