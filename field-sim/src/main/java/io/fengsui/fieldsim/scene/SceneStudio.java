package io.fengsui.fieldsim.scene;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.fieldsim.scene.coding.H264Encoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes clips of scripts, each once: what was encoded before is taken from the folder, found by the hash of the script and of
 * the painters' version. Thread-safe as far as two that make the same clip do it twice and keep one.
 */
public final class SceneStudio {
    private static final Logger LOG = LoggerFactory.getLogger(SceneStudio.class);
    /** To be raised when the drawing or the encoding changes. */
    private static final int PAINTERS_VERSION = 1;

    private final Path folder;

    public SceneStudio(Path folder) {
        this.folder = folder;
    }

    public AccessUnitClip clip(SceneScript script) throws IOException {
        Path file = folder.resolve(key(script) + ".h264");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, "scene", ".part");
            Files.write(unfinished, encode(script));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            LOG.info("drew {} frames of a scene file={}", script.frames(), file.getFileName());
        }
        return AccessUnitClip.read(file, script.framesPerSecond());
    }

    /** Draws and encodes without keeping anything. */
    public static AccessUnitClip draw(SceneScript script) {
        return AccessUnitClip.of(encode(script), script.framesPerSecond());
    }

    private static byte[] encode(SceneScript script) {
        System.setProperty("java.awt.headless", "true");
        SceneRenderer renderer = new SceneRenderer(script);
        try (H264Encoder encoder = encoder(script)) {
            for (int i = 0; i < script.frames(); i++) {
                encoder.add(renderer.frame(i));
            }
            return encoder.finish();
        }
    }

    private static H264Encoder encoder(SceneScript script) {
        int rate = script.framesPerSecond();
        return new H264Encoder(script.size().width(), script.size().height(), rate, rate * SceneScript.GOP_SECONDS);
    }

    private static String key(SceneScript script) {
        // A record's text names all its values, so it is as good as the script itself.
        String text = PAINTERS_VERSION + " " + script;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
