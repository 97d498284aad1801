package io.fengsui.hub.correlate;

import io.fengsui.hub.intake.question.HubWords;
import io.fengsui.protocol.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * An event as the hub holds it: the highest revision and what the hub adds to it.
 *
 * @param times by the hub's clock
 * @param isUnconfirmed still open, but its edge is silent or does not hold it any more
 * @param body the record body of this revision, as it came
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are stored as they are; never compared, never changed
public record EventState(Event event, Times times, String incident, boolean isUnconfirmed, byte[] body) {

    /** Corrected by the edge's clock offset; {@code received} is when the first revision came. */
    public record Times(Instant occurred, Instant revised, Instant received) {
        public static Times of(Event event, Duration clockOffset, Instant received) {
            return new Times(
                    corrected(event.times().occurred().wall(), clockOffset, received),
                    corrected(event.times().revised().wall(), clockOffset, received),
                    received);
        }

        /** The offset is measured one way, so it holds some of the network's delay; but nothing happens after it was heard of. */
        private static Instant corrected(Instant wall, Duration clockOffset, Instant received) {
            Instant corrected = wall.minus(clockOffset);
            return corrected.isAfter(received) ? received : corrected;
        }

        /** When it was last said to be so, or began. */
        Instant lastSign() {
            return revised.isAfter(occurred) ? revised : occurred;
        }

        Times since(Instant firstReceived) {
            return new Times(occurred, revised, firstReceived);
        }
    }

    public String id() {
        return event.id().toString();
    }

    public boolean isOpen() {
        return event.phase().isOpen();
    }

    /** Whether the hub says what it was answered about an event of the same key. */
    public boolean isAnswer() {
        return event.attributes().containsKey(HubWords.ANSWER_TO);
    }

    public EventState confirmed(boolean isConfirmed) {
        return new EventState(event, times, incident, !isConfirmed, body);
    }

    EventState in(String newIncident) {
        return new EventState(event, times, newIncident, isUnconfirmed, body);
    }
}
