package io.fengsui.fieldsim.scene;

import java.util.List;

/**
 * What is drawn: a place, the light, and who moves through it. Equal scripts give equal pictures.
 *
 * @param place chooses the street: the same number, the same houses
 */
public record SceneScript(
        PictureSize size, int framesPerSecond, int seconds, int place, Light light, List<Actor> actors) {
    /** A camera's usual distance between keyframes. */
    public static final int GOP_SECONDS = 2;

    private static final int MAX_SECONDS = 600;

    public SceneScript {
        if (framesPerSecond < 1 || framesPerSecond > 60) {
            throw new IllegalArgumentException("a scene has 1 to 60 frames a second, not " + framesPerSecond);
        }
        if (seconds < GOP_SECONDS || seconds > MAX_SECONDS || seconds % GOP_SECONDS != 0) {
            throw new IllegalArgumentException(
                    "a scene lasts 2 to " + MAX_SECONDS + " s, in steps of 2, not " + seconds);
        }
        actors = List.copyOf(actors);
    }

    public int frames() {
        return seconds * framesPerSecond;
    }

    /** The same place with nobody in it. */
    public SceneScript quiet(int lasting) {
        return new SceneScript(size, framesPerSecond, lasting, place, light, List.of());
    }
}
