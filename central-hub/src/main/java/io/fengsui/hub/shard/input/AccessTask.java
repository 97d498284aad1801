package io.fengsui.hub.shard.input;

import java.util.Map;

/** What the hub's doors put into a shard: accounts, sessions and the audit. The texts have their forms in {@code access}. */
public sealed interface AccessTask extends TaskInput {

    /** An account as it is from now on. */
    record UserPut(Map<String, String> texts) implements AccessTask {
        static final String KIND = "user-put";

        public UserPut {
            texts = Map.copyOf(texts);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String toString() {
            return KIND + " " + texts.get("name");
        }
    }

    /** A session began or was used. */
    record SessionPut(String key, String user, long begunMillis, long usedMillis) implements AccessTask {
        static final String KIND = "session-put";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of(
                    "key", key, "user", user, "begun", Long.toString(begunMillis), "used", Long.toString(usedMillis));
        }
    }

    record SessionEnded(String key) implements AccessTask {
        static final String KIND = "session-ended";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, String> texts() {
            return Map.of("key", key);
        }
    }

    /** Somebody did, saw or tried something. */
    record Audited(Map<String, String> texts) implements AccessTask {
        static final String KIND = "audited";

        public Audited {
            texts = Map.copyOf(texts);
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
