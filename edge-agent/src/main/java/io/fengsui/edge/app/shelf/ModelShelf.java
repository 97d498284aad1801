package io.fengsui.edge.app.shelf;

import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of all models, and which of them was chosen while the agent ran. A choice holds until another one, or until
 * the configuration names another model than it did then. Thread-safe.
 */
public final class ModelShelf {
    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
    private static final Pattern WANTED =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})(?:[@/]([A-Za-z0-9][A-Za-z0-9._-]{0,63}))?");
    private static final String FILE = "model-in-use";

    private final Path configured;
    private final Path file;

    /** @param configured folder of the model that the configuration names: {@code models/NAME/VERSION} */
    public ModelShelf(Path configured, Path dataDirectory) {
        this.configured = configured.toAbsolutePath().normalize();
        this.file = dataDirectory.resolve(FILE);
    }

    /** The model to start with. */
    public ModelPackage atStart() throws BadModelException {
        Optional<Path> chosen = chosen();
        if (chosen.isPresent()) {
            try {
                return ModelPackage.load(chosen.get());
            } catch (BadModelException e) {
                LOG.warn("the chosen model cannot be served, the configured one is used: {}", e.getMessage());
            }
        }
        return ModelPackage.load(configured);
    }

    private Optional<Path> chosen() {
        try {
            List<String> lines = Files.readAllLines(file);
            boolean isStill = lines.size() == 2 && lines.getFirst().equals(configured.toString());
            return isStill ? Optional.of(Path.of(lines.getLast())) : Optional.empty();
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read, the configured model is used: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** Holds from the next start on. */
    public synchronized void remember(Path folder) {
        Path next = file.resolveSibling(FILE + ".next");
        try {
            Files.writeString(next, configured + "\n" + folder.toAbsolutePath().normalize() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.error("the chosen model will not survive a restart: {}", e.toString());
        }
    }

    /** The package of NAME, NAME@VERSION or NAME/VERSION; of a name alone the newest version. */
    public ModelPackage find(String wanted) throws BadModelException, IOException {
        var parts = WANTED.matcher(wanted);
        if (!parts.matches()) {
            throw new BadModelException("'" + wanted + "' is no model: write NAME or NAME@VERSION");
        }
        Path all = configured.resolve("../..").normalize();
        Path named = all.resolve(parts.group(1));
        if (!Files.isDirectory(named)) {
            throw new BadModelException("there is no model '" + parts.group(1) + "' in " + all);
        }
        if (parts.group(2) != null) {
            return ModelPackage.load(named.resolve(parts.group(2)));
        }
        try (Stream<Path> versions = Files.list(named)) {
            Optional<Path> newest = versions.filter(v -> Files.exists(v.resolve(ModelPackage.MANIFEST)))
                    .max(Comparator.naturalOrder());
            return ModelPackage.load(
                    newest.orElseThrow(() -> new BadModelException("no version of a model lies in " + named)));
        }
    }
}
