package io.fengsui.fieldsim.library;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.fieldsim.scene.ScenePictures;
import io.fengsui.fieldsim.scene.SceneScript;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of streams, each made once: what is there already is found by the hash of its recipe. Thread-safe as far as two
 * that make the same stream do it twice and keep one.
 */
public final class StreamLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(StreamLibrary.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public StreamLibrary(Path folder) {
        this.folder = folder;
    }

    /** A byte stream (Annex B; each picture begins with an access unit delimiter) and the truth beside it. */
    public record Entry(Path video, StreamTruth truth) {}

    /** The stream of this recipe, made now if it is not there. */
    public Entry stream(StreamRecipe recipe) throws IOException, InterruptedException {
        StreamTruth truth = StreamTruth.of(recipe);
        Path video = file(recipe.name(), recipe.fingerprint(), recipe.kind().codec());
        if (!Files.exists(video)) {
            make(
                    video,
                    drawnArguments(recipe),
                    out -> draw(recipe, out),
                    coded -> CodedStream.offset(coded, recipe.kind().codec(), StreamRecipe.LEAD_IN));
        }
        return entry(video, truth);
    }

    /**
     * Footage as a camera would send it: seconds of its first picture with a sensor's noise, then the footage. Nobody knows what
     * truly happens in it.
     */
    public Entry footage(Path clip, int idleSeconds) throws IOException, InterruptedException {
        int rate = StreamRecipe.FRAMES_PER_SECOND;
        String name = "footage-" + String.valueOf(clip.getFileName()).replaceAll("[^A-Za-z0-9]+", "-");
        String filter = "scale=640:360,fps=" + rate + ",tpad=start_duration=" + idleSeconds
                + ":start_mode=clone,noise=c0s=4:c0f=t,format=yuv420p";
        StreamRecipe like = new StreamRecipe(StreamClass.VBR, 0);
        List<String> arguments = new java.util.ArrayList<>(List.of("-i", clip.toString(), "-an", "-vf", filter));
        arguments.addAll(like.encoderArguments());
        Path video = file(name, arguments + " " + Files.size(clip), "h264");
        if (!Files.exists(video)) {
            make(video, arguments, out -> {}, _ -> 0);
        }
        int frames = CodedStream.read(video, "h264").size();
        int gop = StreamClass.VBR.gopSeconds() * rate;
        return entry(video, new StreamTruth(name, "footage", "h264", rate, gop, frames, false, List.of()));
    }

    private Path file(String name, String fingerprint, String suffix) {
        return folder.resolve(name + '-' + hash(fingerprint) + '.' + suffix);
    }

    private static List<String> drawnArguments(StreamRecipe recipe) {
        SceneScript script = recipe.script();
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-s",
                script.size().width() + "x" + script.size().height(),
                "-r",
                Integer.toString(script.framesPerSecond()),
                "-i",
                "pipe:0"));
        arguments.addAll(recipe.encoderArguments());
        return arguments;
    }

    private static void draw(StreamRecipe recipe, OutputStream out) throws IOException {
        SceneScript script = recipe.script();
        ScenePictures pictures = new ScenePictures(script, recipe.kind().noise());
        int luma = script.size().width() * script.size().height();
        for (int each = -StreamRecipe.LEAD_IN; each < script.frames(); each++) {
            int frame = Math.floorMod(each, script.frames());
            byte[] planes = pictures.planes(frame);
            if (recipe.kind().isLightChanging()) {
                SiteLight.dim(planes, luma, SiteLight.at((double) frame / script.framesPerSecond()));
            }
            out.write(planes);
        }
    }

    /** @param begin what the file begins with, of what was encoded */
    private void make(Path video, List<String> arguments, FfmpegProcess.Source source, ToIntFunction<byte[]> begin)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "stream", ".part");
        Path said = Files.createTempFile(folder, "ffmpeg", ".log");
        try {
            List<String> complete = new java.util.ArrayList<>(arguments);
            complete.add(unfinished.toString());
            FfmpegProcess.run(complete, said, source);
            byte[] coded = Files.readAllBytes(unfinished);
            int from = begin.applyAsInt(coded);
            if (from >= coded.length) {
                throw new IOException("ffmpeg made too few pictures for " + video.getFileName() + ": " + coded.length
                        + " bytes; its version may not know what it was asked for");
            }
            if (from > 0) {
                Files.write(unfinished, Arrays.copyOfRange(coded, from, coded.length));
            }
            Files.move(unfinished, video, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            LOG.info("made a stream file={} bytes={}", video.getFileName(), Files.size(video));
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(said);
        }
    }

    private static Entry entry(Path video, StreamTruth truth) throws IOException {
        Path beside = video.resolveSibling(video.getFileName() + ".json");
        if (!Files.exists(beside)) {
            Path unfinished = Files.createTempFile(video.toAbsolutePath().getParent(), "truth", ".part");
            JSON.writeValue(unfinished.toFile(), truth);
            Files.move(unfinished, beside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Entry(video, truth);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
