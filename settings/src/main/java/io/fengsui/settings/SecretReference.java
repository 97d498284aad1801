package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Follows {@code x-file} and {@code x-env} to a secret. No problem it tells of holds the secret. */
final class SecretReference {
    private static final int MAX_BYTES = 4096;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final MapReader reader;
    private final ReadScope scope;

    SecretReference(MapReader reader, ReadScope scope) {
        this.reader = reader;
        this.scope = scope;
    }

    static String hint(String key) {
        return "'" + key + "-file: PATH' of a file that holds nothing else, or '" + key + "-env: NAME'";
    }

    Optional<Secret> read(String key) {
        if (reader.has(key)) {
            reader.problem(key, Code.SECRET, "a secret is not written into this file", hint(key));
        }
        Optional<ValueReader> file = reader.value(key + "-file");
        Optional<ValueReader> variable = reader.value(key + "-env");
        if (file.isPresent() && variable.isPresent()) {
            reader.problem(key + "-env", Code.SECRET, key + "-file is given too", "one of the two");
            return Optional.empty();
        }
        return file.isPresent() ? file.flatMap(this::fromFile) : variable.flatMap(this::fromEnvironment);
    }

    private Optional<Secret> fromFile(ValueReader value) {
        return value.path().flatMap(path -> {
            try {
                return checked(value, text(path));
            } catch (IOException e) {
                value.problem(Code.SECRET, "the file " + path + " cannot be read", "the path of a file that can");
                return Optional.empty();
            }
        });
    }

    private static String text(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String text = new String(in.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8);
            if (text.endsWith("\n")) {
                text = text.substring(0, text.length() - 1);
            }
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }

    private Optional<Secret> fromEnvironment(ValueReader value) {
        return value.matching(VARIABLE, "the name of an environment variable").flatMap(name -> {
            String text = scope.environment(name);
            if (text == null) {
                value.problem(Code.SECRET, "the environment has no variable " + name, "the name of one that is set");
                return Optional.empty();
            }
            return checked(value, text);
        });
    }

    private static Optional<Secret> checked(ValueReader value, String text) {
        if (text.isEmpty() || text.length() > MAX_BYTES || text.chars().anyMatch(Character::isISOControl)) {
            value.problem(
                    Code.SECRET,
                    "what it leads to is empty, too long or has several lines",
                    "the secret alone on the file's only line");
            return Optional.empty();
        }
        return Optional.of(Secret.of(text));
    }
}
