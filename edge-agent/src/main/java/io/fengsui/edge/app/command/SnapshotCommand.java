package io.fengsui.edge.app.command;

import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge-agent snapshot}. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = "Writes a JPEG of what a camera sees now, its zones drawn in if wanted.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SnapshotCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "CAMERA", description = "Id of the camera.")
    private String camera;

    @Option(names = "--zones", description = "Draw the camera's zones.")
    private boolean hasZones;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write (default: CAMERA.jpg).")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path file = output == null ? Path.of(camera + ".jpg") : output;
        return config.ask(new ControlRequest.Snapshot(camera, hasZones), spec.commandLine(), 1, (body, out) -> {
            byte[] jpeg = Base64.getDecoder().decode(body.path("jpeg").asText());
            Files.write(file, jpeg);
            out.println("wrote " + file + ", " + jpeg.length + " bytes");
        });
    }
}
