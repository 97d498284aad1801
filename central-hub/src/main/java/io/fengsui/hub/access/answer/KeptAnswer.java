package io.fengsui.hub.access.answer;

import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One answer as it is stored. Pure.
 *
 * @param claim whose key, and which
 * @param request hash of what was asked
 */
public record KeptAnswer(Claim claim, Sha256 request, Said said, Instant until) {
    private static final String HEADER = "header.";
    private static final String BODY = "body";

    /** @param owner hash of a name and its rights at the time */
    public record Claim(String owner, String key) {}

    public record Said(int status, Map<String, String> headers, String body) {
        public Said {
            headers = Map.copyOf(headers);
        }
    }

    /** Whose key was used, and for what: as in the journal, which is kept for much longer than the answer. */
    public Map<String, String> texts() {
        return new TreeMap<>(Map.of(
                "owner", claim.owner(),
                "key", claim.key(),
                "request", request.hex(),
                "status", Integer.toString(said.status()),
                "until", until.toString()));
    }

    /** What was said, which only the row has. */
    public Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        said.headers().forEach((name, value) -> words.put(HEADER + name, value));
        words.put(BODY, said.body());
        return words;
    }

    /** Of both together; empty where what was said is not known: in a replay of the journal. */
    public static Optional<KeptAnswer> read(Map<String, String> texts) {
        return texts.containsKey(BODY) ? Optional.of(whole(texts)) : Optional.empty();
    }

    private static KeptAnswer whole(Map<String, String> texts) {
        Map<String, String> headers = new TreeMap<>();
        texts.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), value);
            }
        });
        return new KeptAnswer(
                new Claim(text(texts, "owner"), text(texts, "key")),
                new Sha256(text(texts, "request")),
                new Said(Integer.parseInt(text(texts, "status")), headers, text(texts, BODY)),
                Instant.parse(text(texts, "until")));
    }

    private static String text(Map<String, String> texts, String key) {
        String value = texts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a kept answer has no " + key);
        }
        return value;
    }

    /** Without what was said. */
    @Override
    public String toString() {
        return "KeptAnswer[" + claim + " " + said.status() + " until " + until + "]";
    }
}
