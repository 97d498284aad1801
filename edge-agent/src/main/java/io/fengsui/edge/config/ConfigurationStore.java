package io.fengsui.edge.config;

import io.fengsui.protocol.value.Sha256;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration and keeps the last good one in the data directory, since a typing error must not make a box
 * silent: a bad file is refused at the first start only. Holds no secret: those are referred to. {@link #load} is confined to one
 * thread; what only reads may be asked on any.
 */
public final class ConfigurationStore {
    static final String KEPT = "last-good-configuration.yaml";

    private static final Pattern DATA = Pattern.compile("(?m)^data-dir:\\s*[\"']?([^\"'#\\r\\n]+?)[\"']?\\s*(#.*)?$");

    private static final Pattern SECTION = Pattern.compile("(?m)^[\"']?([A-Za-z][A-Za-z0-9-]*)[\"']?[ \\t]*:");

    /** Where a document begins; another one would be a second document. */
    private static final Pattern BEGIN =
            Pattern.compile("\\A(?:[%#][^\\n]*\\n|[ \\t\\r]*\\n)*---[ \\t\\r]*(?=\\n|\\z)");

    private final Path file;
    private final ModelProbe probe;
    private final Function<String, @Nullable String> environment;

    public ConfigurationStore(Path file, ModelProbe probe, Function<String, @Nullable String> environment) {
        this.file = file;
        this.probe = probe;
        this.environment = environment;
    }

    /** What came of loading. */
    public sealed interface Loaded {
        /** The file is good, and is kept; or nothing but its model is bad, and there is no other. */
        record Accepted(AgentSettings settings, Sha256 hash) implements Loaded {}

        /** The file is bad; the last good one holds. */
        record FellBack(AgentSettings settings, Sha256 hash, Problems problems) implements Loaded {}

        /** The file is bad, and there never was a good one. */
        record Refused(Problems problems) implements Loaded {}
    }

    /** Reads the file; when it is bad, the one that was kept. */
    public Loaded load() {
        Problems problems = new Problems();
        byte[] bytes = bytes(problems);
        Optional<AgentSettings> settings =
                bytes == null ? Optional.empty() : parse(file.toString(), bytes, probe, problems);
        if (settings.isPresent() && bytes != null) {
            keep(settings.get().storage().dataDirectory(), bytes);
            return new Loaded.Accepted(settings.get(), Sha256.hashOf(bytes));
        }
        return later(bytes, problems);
    }

    /**
     * A bad file does no harm when there was a good one. When nothing but the model is bad, and there is no other, the
     * file holds all the same: a bad model stops vision, not sensors.
     */
    private Loaded later(byte @Nullable [] bytes, Problems problems) {
        Path kept = dataDirectory(bytes).resolve(KEPT);
        byte[] keptBytes;
        try {
            keptBytes = Files.readAllBytes(kept);
        } catch (IOException e) {
            return new Loaded.Refused(problems);
        }
        Problems ofKept = new Problems();
        Optional<AgentSettings> lastGood = parse(kept.toString(), keptBytes, probe, ofKept);
        if (lastGood.isPresent()) {
            return new Loaded.FellBack(lastGood.get(), Sha256.hashOf(keptBytes), problems);
        }
        ModelProbe lenient = ModelProbe.whatIsKnown(probe);
        if (bytes != null) {
            Optional<AgentSettings> blind = parse(file.toString(), bytes, lenient, new Problems());
            if (blind.isPresent()) {
                return new Loaded.Accepted(blind.get(), Sha256.hashOf(bytes));
            }
        }
        Optional<AgentSettings> keptBlind = parse(kept.toString(), keptBytes, lenient, new Problems());
        if (keptBlind.isPresent()) {
            return new Loaded.FellBack(keptBlind.get(), Sha256.hashOf(keptBytes), problems);
        }
        ofKept.list().forEach(problems::add);
        return new Loaded.Refused(problems);
    }

    /** Says what is wrong with the file, without keeping it. */
    public Problems check() {
        Problems problems = new Problems();
        byte[] bytes = bytes(problems);
        if (bytes != null) {
            parse(file.toString(), bytes, probe, problems);
        }
        return problems;
    }

    /** Reads the file as it is, without keeping it; empty when something is wrong with it. */
    public Optional<AgentSettings> read(Problems problems) {
        byte[] bytes = bytes(problems);
        return bytes == null ? Optional.empty() : parse(file.toString(), bytes, probe, problems);
    }

    /**
     * The file with other rules, for a trial; nothing is kept. What is wrong is named by the lines of the given text.
     *
     * @param text {@code rules:} and perhaps {@code modes:}; they take the place of the file's
     */
    public Optional<AgentSettings> withRules(String text, Problems problems) {
        byte[] bytes = bytes(problems);
        if (bytes == null) {
            return Optional.empty();
        }
        String wanted = body(text);
        Set<String> given =
                SECTION.matcher(wanted).results().map(m -> m.group(1)).collect(Collectors.toSet());
        if (given.isEmpty() || !Set.of("rules", "modes").containsAll(given)) {
            problems.add(
                    Where.file("rules"),
                    Code.VALUE,
                    "the text holds " + given,
                    "'rules:' and, where they change, 'modes:'");
            return Optional.empty();
        }
        String ours = body(new String(bytes, StandardCharsets.UTF_8));
        String whole = wanted + "\n" + without(given, ours);
        return parse("rules", whole.getBytes(StandardCharsets.UTF_8), probe, problems);
    }

    /** The text without what says that a document begins, each line at its number. */
    private static String body(String text) {
        Matcher begin = BEGIN.matcher(text);
        return begin.find() ? "\n".repeat((int) begin.group().lines().count() - 1) + text.substring(begin.end()) : text;
    }

    /** The text without those sections: from the line that begins one to the next that begins another. */
    private static String without(Set<String> sections, String text) {
        StringBuilder kept = new StringBuilder();
        boolean isKept = true;
        for (String line : text.split("\n", -1)) {
            Matcher begins = SECTION.matcher(line);
            isKept = begins.lookingAt() ? !sections.contains(begins.group(1)) : isKept;
            if (isKept) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    /** Where the file says that data lies, also when the rest of it cannot be understood. */
    public Path dataDirectory() {
        return dataDirectory(bytes(new Problems()));
    }

    private Path dataDirectory(byte @Nullable [] bytes) {
        String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        Matcher matcher = DATA.matcher(text);
        return folder().resolve(matcher.find() ? matcher.group(1) : "data").normalize();
    }

    private Optional<AgentSettings> parse(String name, byte[] bytes, ModelProbe models, Problems problems) {
        return SettingsFile.parse(name, folder(), bytes, environment, problems)
                .flatMap(root -> new AgentSettingsReader(models).read(root))
                .filter(_ -> problems.isEmpty());
    }

    private byte @Nullable [] bytes(Problems problems) {
        // To open a pipe is to wait for who writes into it.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.add(
                    Where.file(file.toString()),
                    Code.FILE,
                    "is a folder, a pipe or a device",
                    "the path of the configuration file");
            return null;
        }
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(SettingsFile.MAX_BYTES + 1);
        } catch (IOException e) {
            problems.add(
                    Where.file(file.toString()), Code.FILE, "cannot be read", "the path of the configuration file");
            return null;
        }
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    private static void keep(Path dataDirectory, byte[] bytes) {
        try {
            Files.createDirectories(dataDirectory);
            Path fresh = dataDirectory.resolve(KEPT + ".new");
            Files.write(fresh, bytes);
            Files.move(
                    fresh,
                    dataDirectory.resolve(KEPT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ConfigurationStore.class)
                    .warn("the configuration could not be kept as last good in {}: {}", dataDirectory, e.getMessage());
        }
    }
}
