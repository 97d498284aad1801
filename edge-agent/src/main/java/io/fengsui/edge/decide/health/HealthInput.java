package io.fengsui.edge.decide.health;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.VisionState;

/** A word about a part of the box. */
public sealed interface HealthInput {
    /** Words of one key replace one another while they wait. */
    String key();

    record CameraWord(String camera, CameraState state, String reason, String detail) implements HealthInput {
        @Override
        public String key() {
            return "camera/" + camera;
        }
    }

    record BrokerWord(String broker, BrokerState state, String reason, String detail) implements HealthInput {
        @Override
        public String key() {
            return "broker/" + broker;
        }
    }

    record WorkerWord(int worker, VisionState state, String reason, String detail) implements HealthInput {
        @Override
        public String key() {
            return "worker/" + worker;
        }
    }

    record QuarantineWord(Quarantine quarantine) implements HealthInput {
        @Override
        public String key() {
            return "quarantine/" + quarantine.camera();
        }
    }

    record Told(HealthNotice notice) implements HealthInput {
        @Override
        public String key() {
            return "told/" + notice.dedupKey();
        }
    }
}
