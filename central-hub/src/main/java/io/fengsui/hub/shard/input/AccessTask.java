package io.fengsui.hub.shard.input;

import java.util.Map;

/** What the hub's doors put into a shard: accounts, sessions, the audit and kept answers. The texts have their forms in {@code access}. */
public sealed interface AccessTask extends TaskInput {
    String USER_PUT = "user-put";
    String SESSION_PUT = "session-put";
    String SESSION_ENDED = "session-ended";
    String AUDITED = "audited";
    String ANSWER_KEPT = "answer-kept";

    @Override
    default String kind() {
        return switch (this) {
            case UserPut put -> USER_PUT;
            case SessionPut put -> SESSION_PUT;
            case SessionEnded ended -> SESSION_ENDED;
            case Audited entry -> AUDITED;
            case AnswerKept kept -> ANSWER_KEPT;
        };
    }

    /** An account as it is from now on. */
    record UserPut(Map<String, String> texts) implements AccessTask {
        public UserPut {
            texts = Map.copyOf(texts);
        }

        /** Without the password's hash. */
        @Override
        public String toString() {
            return USER_PUT + " " + texts.get("name");
        }
    }

    /** A session began or was used. */
    record SessionPut(String key, String user, long begunMillis, long usedMillis) implements AccessTask {
        @Override
        public Map<String, String> texts() {
            return Map.of(
                    "key", key, "user", user, "begun", Long.toString(begunMillis), "used", Long.toString(usedMillis));
        }
    }

    record SessionEnded(String key) implements AccessTask {
        @Override
        public Map<String, String> texts() {
            return Map.of("key", key);
        }
    }

    /** Somebody did, saw or tried something. */
    record Audited(Map<String, String> texts) implements AccessTask {
        public Audited {
            texts = Map.copyOf(texts);
        }
    }

    /**
     * What a request with an {@code Idempotency-Key} was answered.
     *
     * @param words what was said: for the row, in the same transaction, and not for the journal; empty in a replay
     */
    record AnswerKept(Map<String, String> texts, Map<String, String> words) implements AccessTask {
        public AnswerKept {
            texts = Map.copyOf(texts);
            words = Map.copyOf(words);
        }

        @Override
        public long waitingBytes() {
            return words.values().stream().mapToLong(String::length).sum();
        }

        /** Without what was said. */
        @Override
        public String toString() {
            return ANSWER_KEPT + " " + texts.get("key");
        }
    }
}
