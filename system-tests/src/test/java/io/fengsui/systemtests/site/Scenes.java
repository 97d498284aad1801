package io.fengsui.systemtests.site;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.Plot;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.SceneStudio;
import java.io.IOException;

/** What the simulated cameras show; drawn once, kept below {@code target}. */
public final class Scenes {
    public static final PictureSize SIZE = PictureSize.SMALL;
    public static final int FRAME_RATE = 15;

    private static final SceneScript STORY = Plot.PERSON_DWELLS.script(SIZE, FRAME_RATE, 1, Light.DAY);
    private static final SceneStudio STUDIO = new SceneStudio(
            Reactor.root().resolve("system-tests").resolve("target").resolve("scenes"));

    private Scenes() {}

    public static AccessUnitClip clip(SceneScript script) throws IOException {
        return STUDIO.clip(script);
    }

    /** A person walks into the zone of {@link Plot#ZONE}, stands there, and leaves. */
    public static AccessUnitClip personDwells() throws IOException {
        return STUDIO.clip(STORY);
    }

    /** The empty place in a size, and so with parameter sets, of its own. */
    public static AccessUnitClip quietInHd() throws IOException {
        return STUDIO.clip(Plot.PERSON_DWELLS
                .script(PictureSize.HD, FRAME_RATE, 1, Light.DAY)
                .quiet(2));
    }

    /** The same place with nobody in it. */
    public static AccessUnitClip quiet() throws IOException {
        return STUDIO.clip(STORY.quiet(4));
    }
}
