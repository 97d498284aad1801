package io.fengsui.edge.decide;

import io.fengsui.edge.decide.RuleRunner.Feed;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.decide.event.EventMaker.Basis;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.StageReasons;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.decide.why.LookNotes;
import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.track.Tracker;
import io.fengsui.edge.track.TrackerState;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings what cameras show through masks and tracks to the rules. Confined to {@code decide}. */
final class SightDesk {
    private final DecideSettings settings;
    private final RuleSet rules;
    private final Outlets outlets;
    private final RuleRunner runner;
    private final AnswerDesk answers;
    private final TrackDesk tracks;

    SightDesk(
            DecideSettings settings,
            RuleSet rules,
            TrackSettings tracking,
            Outlets outlets,
            RuleRunner runner,
            AnswerDesk answers) {
        this.settings = settings;
        this.rules = rules;
        this.outlets = outlets;
        this.runner = runner;
        this.answers = answers;
        this.tracks = new TrackDesk(tracking);
    }

    void take(CameraView view, Moment arrival, Moment now, Draft draft) {
        switch (view) {
            case CameraView.Looked looked -> onPicture(looked.picture(), arrival, now, draft);
            case CameraView.Emptied emptied
            when emptied.isNote() -> LookNotes.hidden(outlets.log(), emptied.scene(), arrival);
            case CameraView.Emptied emptied -> onEmpty(emptied.scene(), arrival, now, draft);
        }
    }

    private void onPicture(LookedPicture picture, Moment arrival, Moment now, Draft draft) {
        String camera = picture.look().camera();
        double aspect = (double) picture.width() / Math.max(1, picture.height());
        CameraSpot spot = settings.cameras().get(camera);
        List<Detection> counted = spot == null ? picture.detections() : spot.unmasked(picture.detections());
        answers.saw(picture, counted, arrival, now);
        Optional<TrackerState> followed = tracks.follow(
                camera, new Tracker.Picture(picture.look().generation(), arrival.steadyNanos(), aspect, counted));
        if (followed.isEmpty()) {
            return;
        }
        TrackerState state = followed.get();
        List<Detection> objects = state.detections();
        RuleInput.Sighting sighting = sighting(camera, objects, arrival);
        LookNotes.write(outlets.log(), picture, counted.size(), objects, arrival);
        runner.activity().saw(picture, objects, arrival);
        Feed feed = new Feed(
                sighting,
                arrival,
                outcome -> new Basis(arrival, now, picture.model(), StageReasons.of(picture, state, outcome), true),
                picture);
        judge(camera, feed, now, draft);
    }

    private void onEmpty(EmptyScene scene, Moment arrival, Moment now, Draft draft) {
        String camera = scene.camera();
        Tracker.Picture nothing = new Tracker.Picture(scene.generation(), arrival.steadyNanos(), 1, List.of());
        if (tracks.follow(camera, nothing).isEmpty()) {
            return;
        }
        RuleInput.Sighting sighting = sighting(camera, List.of(), arrival);
        LookNotes.write(outlets.log(), scene, arrival);
        List<Reason> why = List.of(StageReasons.of(scene));
        judge(camera, new Feed(sighting, arrival, _ -> new Basis(arrival, now, null, why, false), null), now, draft);
    }

    private RuleInput.Sighting sighting(String camera, List<Detection> objects, Moment arrival) {
        RuleInput.Sighting sighting = tracks.sighting(camera, objects);
        outlets.record().onSighting(camera, sighting, arrival);
        return sighting;
    }

    private void judge(String camera, Feed feed, Moment now, Draft draft) {
        rules.forCamera(camera)
                .forEach(rule -> draft.attempt(() -> runner.feed(new Binding(rule, camera), feed, now, draft)));
    }

    /** Takes over from another desk what it knows of these cameras. */
    void carry(SightDesk before, Set<String> cameras) {
        tracks.carry(before.tracks, cameras);
    }
}
