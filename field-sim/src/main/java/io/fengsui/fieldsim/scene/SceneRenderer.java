package io.fengsui.fieldsim.scene;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the frames of a script, each for itself: the same frame is the same picture every time. Confined to its owner's thread. */
final class SceneRenderer {
    private final SceneScript script;
    private final BufferedImage backdrop;

    SceneRenderer(SceneScript script) {
        this.script = script;
        this.backdrop = Backdrop.draw(script.size(), script.place());
    }

    /** The picture of one frame, BGR. */
    BufferedImage frame(int number) {
        BufferedImage picture = clear(number);
        finish(picture, number);
        return picture;
    }

    /** The same without grain and softness. */
    BufferedImage clear(int number) {
        double seconds = (double) number / script.framesPerSecond();
        BufferedImage picture =
                new BufferedImage(script.size().width(), script.size().height(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = Canvas.smooth(picture);
        graphics.drawImage(backdrop, 0, 0, null);
        // Who stands further down is nearer and covers the others.
        List<Actor> byDepth = script.actors().stream()
                .sorted(Comparator.comparingDouble(actor ->
                        actor.route().at(seconds).map(Route.Placement::y).orElse(0.0)))
                .toList();
        for (Actor actor : byDepth) {
            actor.route().at(seconds).ifPresent(at -> paint(graphics, actor, at, seconds));
        }
        graphics.dispose();
        return picture;
    }

    /** Whether nobody is to be seen in the frame. */
    boolean isEmpty(int number) {
        double seconds = (double) number / script.framesPerSecond();
        return script.actors().stream()
                .allMatch(actor -> actor.route().at(seconds).isEmpty());
    }

    private void paint(Graphics2D graphics, Actor actor, Route.Placement at, double seconds) {
        switch (actor) {
            case Actor.Walker walker -> new WalkerPainter(graphics).paint(walker, at, script.size(), seconds);
            case Actor.Suitcase suitcase -> new SuitcasePainter(graphics).paint(suitcase, at, script.size());
            case Actor.Car car -> new CarPainter(graphics).paint(car, at, script.size());
        }
    }

    private void finish(BufferedImage picture, int number) {
        SplittableRandom random = new SplittableRandom(script.place() * 1_000_003L + number);
        switch (script.light()) {
            case DAY -> Grain.roughen(picture, 6, random);
            case NIGHT -> {
                Grain.seeByInfrared(picture);
                Grain.roughen(picture, 12, random);
            }
        }
        Grain.soften(picture);
    }
}
