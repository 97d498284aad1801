package io.fengsui.edge.decide.health;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.health.HealthInput.BrokerWord;
import io.fengsui.edge.decide.health.HealthInput.CameraWord;
import io.fengsui.edge.decide.health.HealthInput.QuarantineWord;
import io.fengsui.edge.decide.health.HealthInput.WorkerWord;
import io.fengsui.edge.sensor.BrokerState;

/**
 * What a word about a part means for its outage. A refused password, a stream without H.264 and a refused model are
 * definite: waiting does not help. The next attempt takes nothing of that back. Pure.
 */
final class HealthWords {
    private static final String UNAUTHORIZED = "unauthorized";
    private static final String NO_KNOWN_VIDEO = "no_known_video";
    private static final String MODEL_REFUSED = "model_refused";

    private HealthWords() {}

    static Outage after(Outage before, CameraWord word, long nanos) {
        return switch (word.state()) {
            case STREAMING -> before.up();
            case UNAUTHORIZED -> before.down(UNAUTHORIZED, word.detail(), true, nanos);
            case WAITING, CONNECTING, PLAYING, OFFLINE -> {
                boolean isAttempt = before.isDefinite() && word.state() != CameraState.OFFLINE;
                boolean isDefinite = isAttempt || word.reason().equals(NO_KNOWN_VIDEO);
                String code = isAttempt ? before.code() : known(word.reason());
                yield before.down(code, word.detail(), isDefinite, nanos);
            }
        };
    }

    static Outage after(Outage before, BrokerWord word, long nanos) {
        return switch (word.state()) {
            case CONNECTED -> before.up();
            case CONNECTING, OFFLINE -> {
                boolean isAttempt = before.isDefinite() && word.state() == BrokerState.CONNECTING;
                boolean isDefinite = isAttempt || word.reason().equals(UNAUTHORIZED);
                String code = isAttempt ? before.code() : known(word.reason());
                yield before.down(code, word.detail(), isDefinite, nanos);
            }
        };
    }

    static Outage after(Outage before, WorkerWord word, long nanos) {
        return switch (word.state()) {
            case READY, CLOSED -> before.up();
            case STARTING, DOWN -> {
                boolean isRefused = word.reason().equals(MODEL_REFUSED) || before.isDefinite();
                yield before.down(isRefused ? MODEL_REFUSED : known(word.reason()), word.detail(), isRefused, nanos);
            }
        };
    }

    /** Told at once: nobody sees what happens before that camera. */
    static Outage after(Outage before, QuarantineWord word, long nanos) {
        String code = word.quarantine().cause().label();
        Outage said = before.down(code, word.quarantine().detail(), true, nanos);
        return word.quarantine().isBegun() ? said : said.up();
    }

    private static String known(String reason) {
        return reason.isEmpty() ? "unknown" : reason;
    }
}
