package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Opens one YAML 1.2 file (core schema) for reading. What is wrong goes to {@link Problems}; what cannot be read at all
 * gives an empty answer. The file is bounded in bytes, depth and aliases, and must be UTF-8.
 */
public final class SettingsFile {
    /** Largest file, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SettingsFile() {}

    /** Reads a file; secrets by environment come from this process's. */
    public static Optional<MapReader> read(Path file, Problems problems) {
        return read(file, System::getenv, problems);
    }

    /** Reads a file, with an environment to take secrets from. */
    public static Optional<MapReader> read(
            Path file, Function<String, @Nullable String> environment, Problems problems) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            problems.add(Where.file(file.toString()), Code.FILE, "cannot be read (" + cause(e) + ")", "");
            return Optional.empty();
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return parse(file.toString(), folder == null ? Path.of("/") : folder, bytes, environment, problems);
    }

    /** Reads a text; relative paths in it start at the working folder. */
    public static Optional<MapReader> parse(String name, String text, Problems problems) {
        return parse(name, Path.of(""), text.getBytes(StandardCharsets.UTF_8), System::getenv, problems);
    }

    /** Reads bytes. {@code folder} is where relative paths in it start. */
    public static Optional<MapReader> parse(
            String name, Path folder, byte[] bytes, Function<String, @Nullable String> environment, Problems problems) {
        try {
            String text = decode(name, bytes);
            SettingNode root = build(name, text, problems);
            ReadScope scope = new ReadScope(problems, folder, environment);
            return switch (root) {
                case SettingNode.Mapping map -> Optional.of(new MapReader(map, "", scope));
                case null ->
                    throw refused(Where.file(name), Code.SYNTAX, "has no settings, only comments or nothing", "a key");
                case SettingNode.Scalar s
                when s.isNull() -> throw refused(Where.file(name), Code.SYNTAX, "has no settings", "a key");
                case SettingNode.Scalar _, SettingNode.Sequence _ ->
                    throw refused(
                            root.where(), Code.TYPE, "the file holds " + root.sort(), "keys and values, 'key: value'");
            };
        } catch (NodeBuilder.Refused e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private static String decode(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw refused(
                    Where.file(name), Code.FILE, "is larger than " + (MAX_BYTES >> 20) + " MiB", "a smaller file");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(in, text, true);
        text.flip();
        if (result.isError()) {
            throw refused(
                    endOf(name, text),
                    Code.FILE,
                    "byte " + in.position() + " is not UTF-8 (was the file saved as GBK?)",
                    "the file again with UTF-8 encoding");
        }
        if (text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw refused(
                    new Where(name, 1, 1, ""),
                    Code.FILE,
                    "begins with a byte order mark",
                    "the file again as UTF-8 without BOM");
        }
        return text.toString();
    }

    private static Where endOf(String name, CharSequence text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = Character.codePointCount(text, lineStart, text.length()) + 1;
        return new Where(name, line, column, "");
    }

    private static @Nullable SettingNode build(String name, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_BYTES)
                .setUseMarks(true)
                .setParseComments(false)
                .build();
        try {
            return new NodeBuilder(name, new Parse(settings).parseString(text).iterator(), problems).build();
        } catch (MarkedYamlEngineException e) {
            throw syntax(name, text, e);
        } catch (ReaderException e) {
            Where at = endOf(
                    name,
                    text.codePoints()
                            .limit(e.getPosition())
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
            throw refused(
                    at,
                    Code.SYNTAX,
                    "a character that YAML does not allow: U+" + Integer.toHexString(e.getCodePoint()),
                    "the file without it");
        } catch (YamlEngineException e) {
            throw refused(Where.file(name), Code.SYNTAX, "is not YAML: " + firstLine(e.getMessage()), "");
        }
    }

    private static NodeBuilder.Refused syntax(String name, String text, MarkedYamlEngineException e) {
        Where at = where(name, e.getProblemMark().or(e::getContextMark));
        String line = text.lines().skip(Math.max(0, at.line() - 1L)).findFirst().orElse("");
        int index = at.column() - 1;
        if (index >= 0 && index < line.length() && line.charAt(index) == '\t') {
            return refused(at, Code.SYNTAX, "a tab cannot indent in YAML", "spaces");
        }
        String context = e.getContext() == null ? "" : firstLine(e.getContext()) + ", ";
        return refused(at, Code.SYNTAX, "not YAML: " + context + firstLine(e.getProblem()), "");
    }

    static Where where(String file, Optional<Mark> mark) {
        return mark.map(m -> new Where(file, m.getLine() + 1, m.getColumn() + 1, ""))
                .orElse(Where.file(file));
    }

    private static NodeBuilder.Refused refused(Where at, Code code, String reason, String hint) {
        return new NodeBuilder.Refused(new Problem(at, code, reason, hint));
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unknown" : message.lines().findFirst().orElse("unknown");
    }

    private static String cause(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "there is no such file";
            case java.nio.file.AccessDeniedException _ -> "access denied";
            case java.nio.file.FileSystemException f -> f.getReason() == null ? "input error" : f.getReason();
            case IOException io -> firstLine(io.getMessage());
        };
    }
}
