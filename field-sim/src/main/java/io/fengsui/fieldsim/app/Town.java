package io.fengsui.fieldsim.app;

import io.fengsui.fieldsim.app.Scenario.CameraPlan;
import io.fengsui.fieldsim.app.Scenario.SensorPlan;
import io.fengsui.fieldsim.app.Scenario.Story;
import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.Credentials;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.camera.SimulatedCamera;
import io.fengsui.fieldsim.camera.Timeline;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.GroundTruth;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.SceneStudio;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.fieldsim.sensor.SensorScript;
import io.fengsui.fieldsim.sensor.SimulatedLoudspeaker;
import io.fengsui.fieldsim.sensor.SimulatedSensors;
import io.fengsui.fieldsim.truth.Happening;
import io.fengsui.fieldsim.truth.TruthLine;
import io.fengsui.fieldsim.truth.TruthLog;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A running town: quiet once it is started, and playing its script from {@link #begin} on. Scripted times run on the thread
 * {@code script}. Started and closed by one thread.
 */
final class Town implements AutoCloseable {
    private static final int QUIET_SECONDS = 4;

    /** Where the town is found and what it writes. */
    record Place(int rtspPort, int mqttPort, Path scenes, Path truth, Path spoken) {}

    private record Stage(CameraPlan plan, SimulatedCamera camera) {}

    private final Scenario scenario;
    private final TimeSource time;
    private final SceneStudio studio;
    private final CloseStack parts = new CloseStack();
    private final TruthLog truth;
    private final RtspServer server;
    private final EmbeddedBroker broker;
    private final SimulatedSensors sensors;
    private final ScheduledExecutorService script;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, AccessUnitClip> clips = new HashMap<>();

    @SuppressWarnings("this-escape")
    Town(Scenario scenario, Place place, TimeSource time) throws IOException {
        this.scenario = scenario;
        this.time = time;
        this.studio = new SceneStudio(place.scenes());
        try {
            truth = parts.push("truth", new TruthLog(place.truth()));
            server = parts.push("cameras", RtspServer.start(place.rtspPort(), 1, time));
            broker = parts.push("broker", EmbeddedBroker.start(place.mqttPort()));
            script = Executors.newSingleThreadScheduledExecutor(RoleThreads.factory("script"));
            parts.push("script", script::shutdownNow);
            for (CameraPlan plan : scenario.cameras()) {
                stages.add(new Stage(plan, add(plan)));
            }
            List<SensorScript> scripts =
                    scenario.sensors().stream().map(Town::scriptOf).toList();
            sensors = parts.push("sensors", new SimulatedSensors(scripts, broker.uri(), null, time, truth::append));
            parts.push(
                    "loudspeaker",
                    new SimulatedLoudspeaker(broker.uri(), null, scenario.loudspeakerTopic(), place.spoken(), time));
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private SimulatedCamera add(CameraPlan plan) throws IOException {
        SceneScript busy = scene(plan);
        if (plan.story() != null) {
            clips.put(plan.id(), studio.clip(busy));
        }
        CameraSettings settings = CameraSettings.named(plan.id()).live();
        if (plan.login() != null) {
            Scenario.Login login = plan.login();
            settings = settings.with(Credentials.of(login.scheme(), login.user(), login.password()));
        }
        return server.add(settings, Timeline.of(studio.clip(busy.quiet(QUIET_SECONDS))));
    }

    private SceneScript scene(CameraPlan plan) {
        PictureSize size = new PictureSize(scenario.width(), scenario.height());
        Story story = plan.story();
        return story == null
                ? new SceneScript(
                        size, scenario.framesPerSecond(), QUIET_SECONDS, plan.place(), plan.light(), List.of())
                : story.plot().script(size, scenario.framesPerSecond(), plan.place(), plan.light());
    }

    private static SensorScript scriptOf(SensorPlan plan) {
        Scenario.AlarmPlan alarm = plan.alarm();
        List<SensorScript.Alarm> alarms = alarm == null
                ? List.of()
                : List.of(new SensorScript.Alarm(alarm.kind(), alarm.at(), alarm.lasting(), alarm.threshold()));
        return new SensorScript(plan.id(), plan.type(), plan.topic(), plan.every(), alarms);
    }

    /** The script's time starts now. */
    void begin() {
        sensors.begin();
        for (Stage stage : stages) {
            Story story = stage.plan().story();
            if (story != null) {
                play(stage, story);
            }
            Double diesAt = stage.plan().diesAt();
            if (diesAt != null) {
                truth.append(TruthLine.planned(death(stage.camera()), time.wall()));
                script.schedule(() -> die(stage.camera()), (long) (diesAt * 1000), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void play(Stage stage, Story story) {
        SimulatedCamera camera = stage.camera();
        AccessUnitClip clip = clips.get(camera.name());
        if (clip == null) {
            return;
        }
        double rate = scenario.framesPerSecond();
        long first = camera.frameNow() + Math.max(1, (long) (story.at() * rate));
        camera.show(first, clip);
        String kind = story.kind();
        if (kind == null) {
            return;
        }
        String zone = story.zone() == null ? "" : story.zone();
        Happening happening = new Happening(camera.name() + "-0", "camera", camera.name(), kind, zone);
        truth.append(TruthLine.planned(happening, time.wall()));
        List<TruthLine.LabelledBox> boxes = GroundTruth.eachSecond(scene(stage.plan())).stream()
                .map(box -> new TruthLine.LabelledBox(box.seconds(), box.label(), box.box()))
                .toList();
        at(
                camera,
                first + (long) (story.plot().begins() * rate),
                () -> truth.append(
                        new TruthLine(happening, TruthLine.Phase.BEGUN, time.wall(), camera.viewers(), boxes)));
        at(
                camera,
                first + (long) (story.plot().ends() * rate),
                () -> truth.append(TruthLine.ended(happening, time.wall())));
    }

    private void at(SimulatedCamera camera, long frame, Runnable what) {
        long wait = Duration.between(time.wall(), camera.wallOf(frame)).toMillis();
        script.schedule(what, Math.max(0, wait), TimeUnit.MILLISECONDS);
    }

    private static Happening death(SimulatedCamera camera) {
        return new Happening(camera.name() + "-dead", "camera", camera.name(), "health.camera.offline", "");
    }

    private void die(SimulatedCamera camera) {
        truth.append(new TruthLine(death(camera), TruthLine.Phase.BEGUN, time.wall(), camera.viewers(), List.of()));
        camera.die();
    }

    int rtspPort() {
        return server.port();
    }

    int mqttPort() {
        return broker.port();
    }

    /** Cameras that nobody watches yet. */
    long unwatched() {
        return stages.stream().filter(stage -> stage.camera().viewers() == 0).count();
    }

    long framesSent() {
        return stages.stream().mapToLong(stage -> stage.camera().framesSent()).sum();
    }

    @Override
    public void close() {
        parts.close();
    }
}
