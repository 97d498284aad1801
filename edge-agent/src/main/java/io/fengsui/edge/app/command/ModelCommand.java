package io.fengsui.edge.app.command;

import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.pool.ModelReport;
import io.fengsui.edge.vision.pool.ModelVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge-agent model}. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Looks after models.",
        subcommands = {ModelCommand.Verify.class, ModelCommand.Use.class})
final class ModelCommand {
    /** {@code edge-agent model use}. */
    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = {
                "Takes another model into use on the running agent, without a camera going blind.",
                "The model first proves itself on its golden pictures; if it does not, the former one serves on."
            })
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Use implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Parameters(paramLabel = "NAME[@VERSION]", description = "Name of the model; without a version the newest.")
        private String name;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            return config.ask(
                    new ControlRequest.UseModel(name),
                    spec.commandLine(),
                    1,
                    (body, out) -> out.println("in use: " + body.path("model").asText() + " version "
                            + body.path("version").asText()));
        }
    }

    /** {@code edge-agent model verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Checks a model's files and hashes, and that it finds what it must in its golden pictures.")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Name of the model, NAME or NAME/VERSION.")
        private String name;

        @Option(
                names = "--models",
                paramLabel = "FOLDER",
                description = "Folder of all models (default: ${DEFAULT-VALUE}).")
        private Path models = Path.of("models");

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (TrialFolder scratch = TrialFolder.open(Path.of(System.getProperty("java.io.tmpdir")))) {
                ModelReport report = ModelVerifier.verify(folder(), Folders.below(scratch.path()));
                report.lines().forEach(spec.commandLine().getOut()::println);
                return report.isGood() ? 0 : 1;
            } catch (BadModelException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            }
        }

        /** The version named, or the newest by name. */
        private Path folder() throws IOException {
            Path named = models.resolve(name);
            if (Files.exists(named.resolve("model.yaml"))) {
                return named;
            }
            try (Stream<Path> versions = Files.list(named)) {
                Optional<Path> newest = versions.filter(v -> Files.exists(v.resolve("model.yaml")))
                        .max(java.util.Comparator.naturalOrder());
                return newest.orElseThrow(() -> new IOException("no version of a model lies in " + named));
            } catch (java.nio.file.NoSuchFileException e) {
                throw new IOException("there is no model " + named + "; --models FOLDER says where they are", e);
            }
        }
    }
}
