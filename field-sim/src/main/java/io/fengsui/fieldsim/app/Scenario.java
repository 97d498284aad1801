package io.fengsui.fieldsim.app;

import io.fengsui.fieldsim.camera.AuthScheme;
import io.fengsui.fieldsim.scene.Light;
import io.fengsui.fieldsim.scene.Plot;
import io.fengsui.fieldsim.sensor.SensorType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario file says: a town, and what happens in it when. All times are seconds after the script's start.
 *
 * @param loudspeakerTopic the topic, wildcards allowed, on which a loudspeaker is told what to say
 */
record Scenario(
        int width,
        int height,
        int framesPerSecond,
        String loudspeakerTopic,
        List<CameraPlan> cameras,
        List<SensorPlan> sensors) {

    /** One camera, and at most one story on it. */
    record CameraPlan(
            String id,
            int place,
            Light light,
            @Nullable Story story,
            @Nullable Double diesAt,
            @Nullable Login login) {
        CameraPlan {
            light = Objects.requireNonNullElse(light, Light.DAY);
        }
    }

    /**
     * A plot that is played once.
     *
     * @param kind the kind of event that has to come of it; null when nothing may come of it
     */
    record Story(
            Plot plot,
            double at,
            @Nullable String kind,
            @Nullable String zone) {}

    /** What a camera asks for. */
    record Login(AuthScheme scheme, String user, String password) {}

    /** One sensor, and at most one alarm of it. */
    record SensorPlan(
            String id,
            SensorType type,
            String topic,
            double every,
            @Nullable AlarmPlan alarm) {}

    /** When a sensor's alarm holds, and the kind of event that has to come of it. */
    record AlarmPlan(String kind, double at, double lasting, double threshold) {}

    Scenario {
        width = width == 0 ? 640 : width;
        height = height == 0 ? 360 : height;
        framesPerSecond = framesPerSecond == 0 ? 15 : framesPerSecond;
        loudspeakerTopic = Objects.requireNonNullElse(loudspeakerTopic, "town/loudspeaker/#");
        cameras = List.copyOf(Objects.requireNonNullElse(cameras, List.of()));
        sensors = List.copyOf(Objects.requireNonNullElse(sensors, List.of()));
        Set<String> ids = new HashSet<>();
        cameras.forEach(camera -> checkId(camera.id(), ids));
        sensors.forEach(sensor -> checkId(sensor.id(), ids));
    }

    private static void checkId(@Nullable String id, Set<String> ids) {
        if (id == null || !ids.add(id)) {
            throw new IllegalArgumentException("every camera and sensor has an id of its own; look at '" + id + "'");
        }
    }
}
