package io.fengsui.hub.notify;

import io.fengsui.hub.notify.DeliveryTable.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went and will go along a line, oldest first: of the last {@link DeliveryTable#LOOK_BACK}, at most
 * {@value DeliveryTable#MOST_SENT}. Grows by what is laid down, without being copied for each message. Writer's thread only.
 */
final class SentLog {
    private final List<Sent> messages;
    private @Nullable Instant first;
    private @Nullable Instant last;

    SentLog(List<Sent> messages) {
        this.messages = new ArrayList<>(messages);
        span();
    }

    /** What may matter for the next message of somebody with these manners; valid until the next is added. */
    List<Sent> mattering(Contact.Manners manners, Instant now) {
        shorten(now);
        // Without manners nothing matters but what waits.
        boolean isNoMatter = !manners.isUsed() && (last == null || !last.isAfter(now));
        return isNoMatter ? List.of() : Collections.unmodifiableList(messages);
    }

    void add(Sent message) {
        messages.add(message);
        first = first == null || message.due().isBefore(first) ? message.due() : first;
        last = last == null || message.due().isAfter(last) ? message.due() : last;
    }

    private void shorten(Instant now) {
        Instant since = now.minus(DeliveryTable.LOOK_BACK);
        if (first != null && !first.isAfter(since)) {
            messages.removeIf(one -> !one.due().isAfter(since));
            span();
        }
        int surplus = messages.size() - DeliveryTable.MOST_SENT;
        if (surplus > 0) {
            // The span may be too wide then: that costs a look and nothing else.
            messages.subList(0, surplus).clear();
        }
    }

    private void span() {
        first = messages.stream().map(Sent::due).min(Instant::compareTo).orElse(null);
        last = messages.stream().map(Sent::due).max(Instant::compareTo).orElse(null);
    }
}
