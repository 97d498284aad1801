package io.fengsui.edge.profile;

import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All profiles that a sensor may name: those in the jar, and those of a folder beside the configuration. Immutable. */
public final class ProfileLibrary {
    /** Files that ship, under {@code config/profiles} of the sources. */
    static final List<String> FILES = List.of(
            "ai-on-the-edge",
            "chirpstack",
            "frigate",
            "gb28181",
            "home-assistant",
            "huawei-iotda",
            "jetlinks",
            "one-key-alarm",
            "shelly",
            "sparkplug",
            "tasmota",
            "tencent-iot",
            "thingsboard",
            "zigbee2mqtt");

    private static final int MAX_FILES = 200;
    private static final ProfileLibrary BUILT_IN = loadBuiltIn();

    private final Map<String, Profile> byId;

    private ProfileLibrary(Map<String, Profile> byId) {
        this.byId = byId;
    }

    /** Those that ship. */
    public static ProfileLibrary builtIn() {
        return BUILT_IN;
    }

    /** Those that ship and those in the YAML files of a folder. A folder that is not there adds none. */
    public static ProfileLibrary with(Path folder, Problems problems) {
        if (!Files.isDirectory(folder)) {
            return BUILT_IN;
        }
        Map<String, Profile> all = new TreeMap<>(BUILT_IN.byId);
        for (Path file : yamlFiles(folder, problems)) {
            SettingsFile.read(file, problems).ifPresent(root -> add(root, all));
        }
        return new ProfileLibrary(all);
    }

    public Optional<Profile> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    private static void add(MapReader root, Map<String, Profile> all) {
        List<Profile> read = ProfileReader.read(root);
        root.finish(() -> "");
        for (Profile profile : read) {
            Profile before = all.putIfAbsent(profile.id(), profile);
            boolean isAnother = before != null && !before.equals(profile);
            if (isAnother) {
                root.problem("profiles", Code.VALUE, "there is a profile '" + profile.id() + "' already", "another id");
            }
        }
    }

    private static List<Path> yamlFiles(Path folder, Problems problems) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path file : found) {
                if (files.size() < MAX_FILES && Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            problems.add(Where.file(folder.toString()), Code.FILE, "cannot be listed", "");
        }
        return files.stream().sorted().toList();
    }

    private static ProfileLibrary loadBuiltIn() {
        Map<String, Profile> all = new TreeMap<>();
        Problems problems = new Problems();
        for (String name : FILES) {
            String file = "/profiles/" + name + ".yaml";
            try (InputStream in = ProfileLibrary.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("the jar lacks " + file);
                }
                SettingsFile.parse(file, Path.of(""), in.readAllBytes(), _ -> null, problems)
                        .ifPresent(root -> add(root, all));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("profiles that ship are wrong:\n" + problems);
        }
        return new ProfileLibrary(all);
    }
}
