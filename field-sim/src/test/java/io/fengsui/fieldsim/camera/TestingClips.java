package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.SceneStudio;
import java.util.List;

/** One small clip for all tests of this package, drawn once. */
final class TestingClips {
    static final AccessUnitClip STREET =
            SceneStudio.draw(new SceneScript(new PictureSize(320, 180), 15, 4, 1, Light.DAY, List.of()));

    private TestingClips() {}
}
