package io.fengsui.hub.access.answer;

import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer as it is stored. Pure.
 *
 * @param claim whose key, and which
 * @param request hash of what was asked
 */
public record KeptAnswer(Claim claim, Sha256 request, Said said, Instant until) {
    private static final String HEADER = "header.";

    /** @param owner hash of a name and its rights at the time */
    public record Claim(String owner, String key) {}

    public record Said(int status, Map<String, String> headers, String body) {
        public Said {
            headers = Map.copyOf(headers);
        }
    }

    /** As in the journal. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("owner", claim.owner());
        texts.put("key", claim.key());
        texts.put("request", request.hex());
        texts.put("status", Integer.toString(said.status()));
        said.headers().forEach((name, value) -> texts.put(HEADER + name, value));
        texts.put("body", said.body());
        texts.put("until", until.toString());
        return texts;
    }

    public static KeptAnswer read(Map<String, String> texts) {
        Map<String, String> headers = new TreeMap<>();
        texts.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), value);
            }
        });
        return new KeptAnswer(
                new Claim(text(texts, "owner"), text(texts, "key")),
                new Sha256(text(texts, "request")),
                new Said(Integer.parseInt(text(texts, "status")), headers, text(texts, "body")),
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
