package io.fengsui.fieldsim.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SceneStudioTest {
    private static final PictureSize TINY = new PictureSize(160, 90);

    private static SceneScript walk() {
        Route route = Route.of(new Waypoint(0, 0.2, 0.8), new Waypoint(2, 0.8, 0.8));
        return new SceneScript(TINY, 15, 4, 1, Light.DAY, List.of(new Actor.Walker(0.4, 0x204080, route)));
    }

    @Test
    void aClipHasAKeyframeEveryTwoSecondsAndAllFrames() {
        AccessUnitClip clip = SceneStudio.draw(walk());
        assertThat(clip.frames()).isEqualTo(60);
        assertThat(clip.units().stream().map(AccessUnit::isKeyframe).filter(key -> key))
                .hasSize(2);
        assertThat(clip.units().get(30).isKeyframe()).isTrue();
    }

    @Test
    void aHappeningAndItsQuietPlaceShareParameterSets() {
        assertThat(SceneStudio.draw(walk()).hasSameParameterSets(SceneStudio.draw(walk().quiet(2))))
                .isTrue();
    }

    @Test
    void drawsAScriptOnceAndTakesItFromTheFolderThen(@TempDir Path folder) throws IOException {
        byte[] first = new SceneStudio(folder).clip(walk()).toAnnexB();
        List<Path> files;
        try (var listing = Files.list(folder)) {
            files = listing.toList();
        }
        assertThat(files).hasSize(1);
        Path file = files.getFirst();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        assertThat(new SceneStudio(folder).clip(walk()).toAnnexB()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1000);
    }

    @Test
    void knowsWhereEverybodyTrulyIs() {
        assertThat(GroundTruth.at(walk(), 1)).singleElement().satisfies(truth -> {
            assertThat(truth.label()).isEqualTo("person");
            assertThat(truth.box().bottom()).isEqualTo(0.8f);
            assertThat(truth.box().height()).isBetween(0.40f, 0.41f);
            assertThat((truth.box().left() + truth.box().right()) / 2).isBetween(0.49f, 0.51f);
        });
        assertThat(GroundTruth.at(walk(), 3)).isEmpty();
        assertThat(GroundTruth.eachSecond(walk())).hasSize(2);
    }

    @Test
    void theSameFrameIsTheSamePictureEveryTime() {
        var once = new SceneRenderer(walk()).frame(7).getData().getDataBuffer();
        var again = new SceneRenderer(walk()).frame(7).getData().getDataBuffer();
        for (int i = 0; i < once.getSize(); i++) {
            assertThat(once.getElem(i)).isEqualTo(again.getElem(i));
        }
    }
}
