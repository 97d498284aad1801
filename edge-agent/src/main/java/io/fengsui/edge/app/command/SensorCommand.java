package io.fengsui.edge.app.command;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.profile.reading.DeviceMemory;
import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.profile.reading.Incoming;
import io.fengsui.edge.profile.reading.ProfileMapper;
import io.fengsui.edge.profile.reading.ProfileMapper.Bound;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code edge-agent sensor}: tries profiles on messages. */
@Command(name = "sensor", mixinStandardHelpOptions = true, description = "Tries sensor profiles on messages.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SensorCommand {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "profiles",
            mixinStandardHelpOptions = true,
            description = "Lists the profiles that ship and those of the configuration's folder.")
    int profiles() {
        PrintWriter out = spec.commandLine().getOut();
        ProfileLibrary library = library();
        for (String id : library.ids()) {
            Profile profile = library.find(id).orElseThrow();
            out.printf(
                    "%-28s %s / %s: %s%n",
                    id, profile.name().zh(), profile.name().en(), String.join(", ", profile.quantities()));
        }
        return 0;
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Shows the readings that a message gives, and which rules of the configuration would fire.")
    int test(
            @Option(
                            names = {"-p", "--profile"},
                            required = true,
                            paramLabel = "PROFILE")
                    String profile,
            @Option(
                            names = "--payload",
                            required = true,
                            paramLabel = "FILE",
                            description = "The message's payload; - for the standard input.")
                    Path payload,
            @Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "", description = "Its topic.")
                    String topic,
            @Option(
                            names = "--base",
                            paramLabel = "BASE",
                            defaultValue = "",
                            description = "Beginning of the topics, where it is not the profile's.")
                    String base,
            @Option(names = "--retained", description = "As if the broker had kept it.") boolean isRetained)
            throws IOException {
        Profile found = library()
                .find(profile)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no profile '" + profile + "'; 'edge-agent sensor profiles' lists them"));
        Bound bound = new Bound(found, base);
        String shown = topic.isEmpty() ? bound.exampleTopic() : topic;
        Optional<AgentSettings> settings = config.store().read(new Problems());
        ZoneId zone = settings.map(s -> s.identity().timeZone()).orElse(ZoneId.systemDefault());
        Incoming message = new Incoming(shown, bytes(payload), isRetained, Instant.now(), zone);
        PrintWriter out = spec.commandLine().getOut();
        out.println("profile " + profile + ", topic " + shown
                + (topic.isEmpty() ? " (made up: --topic says another)" : ""));
        List<Heard> heard = new ProfileMapper(new DeviceMemory()).hear(bound, message);
        boolean isGood = !heard.isEmpty() && heard.stream().noneMatch(Heard.Refused.class::isInstance);
        if (heard.isEmpty()) {
            out.println("  not one of this profile's topics: " + String.join(", ", bound.filters("")));
        }
        SensorTrial trial = new SensorTrial(settings, found, out);
        heard.forEach(trial::show);
        trial.explain();
        out.flush();
        return isGood ? 0 : 1;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = file.toString().equals("-") ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Incoming.MAX_PAYLOAD + 1);
            // An editor's last line feed is no part of the message.
            int end = bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? bytes.length - 1 : bytes.length;
            return java.util.Arrays.copyOf(bytes, end);
        }
    }

    /** Of the folder that the configuration names, when it can be read. */
    private ProfileLibrary library() {
        Problems problems = new Problems();
        Path folder = SettingsFile.read(config.file(), new Problems())
                .map(root -> root.path("profiles-dir", "sensor-profiles"))
                .orElse(Path.of("sensor-profiles"));
        ProfileLibrary library = ProfileLibrary.with(folder, problems);
        if (!problems.isEmpty()) {
            spec.commandLine().getErr().println(problems);
        }
        return library;
    }
}
