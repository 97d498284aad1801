package io.fengsui.hub.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has seen the changes of each shard; its text is the {@code id} of a server-sent event, for example
 * {@code 0-15.3-7}: shard 0 up to 15 and shard 3 up to 7.
 */
record StreamPosition(Map<Integer, Long> offsets) {
    private static final int MAX_LENGTH = 16 * 1024;

    StreamPosition {
        offsets = Map.copyOf(offsets);
    }

    long of(int shard) {
        return offsets.getOrDefault(shard, 0L);
    }

    StreamPosition with(int shard, long offset) {
        Map<Integer, Long> moved = new TreeMap<>(offsets);
        moved.put(shard, offset);
        return new StreamPosition(moved);
    }

    /** Reads what a client sent back; null when it is not such a text. */
    static @Nullable StreamPosition parse(String text) {
        if (text.length() > MAX_LENGTH || !text.matches("\\d{1,4}-\\d{1,18}(\\.\\d{1,4}-\\d{1,18})*+")) {
            return null;
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String pair : text.split("\\.", -1)) {
            int dash = pair.indexOf('-');
            offsets.put(Integer.parseInt(pair.substring(0, dash)), Long.parseLong(pair.substring(dash + 1)));
        }
        return new StreamPosition(offsets);
    }

    @Override
    public String toString() {
        return new TreeMap<>(offsets)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "-" + entry.getValue())
                        .collect(Collectors.joining("."));
    }
}
