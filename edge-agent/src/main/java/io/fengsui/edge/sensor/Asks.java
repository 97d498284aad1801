package io.fengsui.edge.sensor;

import io.fengsui.edge.profile.reading.Heard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be said to devices, the newest of each topic, while a broker's earlier answer is waited for. At most
 * {@value #MAX_TOPICS}: more are passed over, and come up again when the device is heard again. Confined to its broker's
 * thread.
 */
final class Asks {
    static final int MAX_TOPICS = 256;

    private final Map<String, Heard.Ask> byTopic = new LinkedHashMap<>();

    void add(Heard.Ask ask) {
        if (byTopic.size() < MAX_TOPICS || byTopic.containsKey(ask.topic())) {
            byTopic.put(ask.topic(), ask);
        }
    }

    List<Heard.Ask> takeAll() {
        List<Heard.Ask> all = List.copyOf(byTopic.values());
        clear();
        return all;
    }

    void clear() {
        byTopic.clear();
    }
}
