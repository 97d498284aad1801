package io.fengsui.edge.rtsp.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One way of authentication that a server offers (RFC 7235, 7616, 7617). */
public sealed interface Challenge {
    /** The better offer has the larger number. */
    int strength();

    record Basic() implements Challenge {
        @Override
        public int strength() {
            return 0;
        }
    }

    /** @param opaque empty if none was given */
    record Digest(String realm, String nonce, String opaque, Algorithm algorithm, boolean hasQop) implements Challenge {
        @Override
        public int strength() {
            return algorithm.strength();
        }
    }

    /** Hash functions of Digest, the weaker first. */
    enum Algorithm {
        MD5("MD5", 1),
        SHA_256("SHA-256", 2);

        private final String label;
        private final int strength;

        Algorithm(String label, int strength) {
            this.label = label;
            this.strength = strength;
        }

        int strength() {
            return strength;
        }

        /** The name both in the header and in the JDK. */
        public String label() {
            return label;
        }
    }

    /** The ways that we know of all WWW-Authenticate headers; a header may hold several. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> known = new ArrayList<>();
        for (String header : headers) {
            ChallengeReader reader = new ChallengeReader(header);
            while (reader.hasMore()) {
                String scheme = reader.token().toLowerCase(Locale.ROOT);
                Map<String, String> parameters = reader.parameters();
                if (scheme.equals("basic")) {
                    known.add(new Basic());
                } else if (scheme.equals("digest")) {
                    digest(parameters).ifPresent(known::add);
                }
            }
        }
        return known;
    }

    private static Optional<Challenge> digest(Map<String, String> parameters) {
        String nonce = parameters.getOrDefault("nonce", "");
        String name = parameters.getOrDefault("algorithm", "MD5");
        String qop = parameters.getOrDefault("qop", "");
        boolean hasAuth =
                List.of(qop.toLowerCase(Locale.ROOT).split("\\s*,\\s*")).contains("auth");
        if (nonce.isEmpty() || (!qop.isEmpty() && !hasAuth)) {
            return Optional.empty();
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.label().equalsIgnoreCase(name.isEmpty() ? "MD5" : name)) {
                return Optional.of(new Digest(
                        parameters.getOrDefault("realm", ""),
                        nonce,
                        parameters.getOrDefault("opaque", ""),
                        algorithm,
                        hasAuth));
            }
        }
        return Optional.empty();
    }

    /** Reads {@code scheme name=value, name="quoted \" value", scheme …}. Every step moves on by a character. */
    final class ChallengeReader {
        private final String text;
        private int at;

        ChallengeReader(String text) {
            this.text = text;
            skipSeparators();
        }

        boolean hasMore() {
            return at < text.length();
        }

        String token() {
            int from = at;
            while (hasMore() && " \t,=".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String token = text.substring(from, at);
            if (token.isEmpty()) {
                at++;
            }
            skipBlanks();
            return token;
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            skipSeparators();
            while (hasMore()) {
                int from = at;
                String name = token().toLowerCase(Locale.ROOT);
                if (!hasMore() || text.charAt(at) != '=') {
                    at = name.isEmpty() ? at : from; // a token without '=' is the next scheme
                    if (!name.isEmpty()) {
                        return parameters;
                    }
                } else {
                    at++;
                    skipBlanks();
                    parameters.putIfAbsent(name, value());
                }
                skipSeparators();
            }
            return parameters;
        }

        private String value() {
            if (!hasMore() || text.charAt(at) != '"') {
                int from = at;
                while (hasMore() && " \t,".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                return text.substring(from, at);
            }
            at++;
            StringBuilder value = new StringBuilder();
            while (hasMore() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private void skipSeparators() {
            while (hasMore() && " \t,".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private void skipBlanks() {
            while (hasMore() && " \t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
