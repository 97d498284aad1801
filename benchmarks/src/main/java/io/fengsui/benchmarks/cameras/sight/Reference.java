package io.fengsui.benchmarks.cameras.sight;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/**
 * What decoding every picture and detecting on each would have seen of a stream, found once a stream and kept: every picture from
 * a second before a happening to a second after it, and one a second of the rest.
 */
public final class Reference {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Site site;
    private final Map<String, Seen> byStream = new HashMap<>();

    /**
     * @param frames in which the detector saw somebody
     * @param first the happening's first frame, -1 when there is none
     * @param looked pictures outside of the happening that were looked at
     * @param falsely those in which it saw somebody all the same
     */
    public record Seen(Set<Integer> frames, int first, int last, int framesPerSecond, int looked, int falsely) {
        /** Whether full decoding would have found the happening at all: two pictures, as one may be chance. */
        public boolean isFindable() {
            return frames.stream().filter(f -> f >= first && f <= last).count() >= 2;
        }

        /** Seconds since the first picture of the first in which the detector sees it; 0 when never. */
        public double firstSeenAfter() {
            return frames.stream()
                    .filter(f -> f >= first && f <= last)
                    .min(Integer::compare)
                    .map(f -> (double) (f - first) / framesPerSecond)
                    .orElse(0.0);
        }

        /** Whether it would have been seen in this second of the happening. */
        public boolean sees(int second) {
            int from = first + second * framesPerSecond;
            return frames.stream().anyMatch(f -> f >= from && f < from + framesPerSecond && f <= last);
        }
    }

    public Reference(Site site) {
        this.site = site;
    }

    /** @param stream its name in the library, such as vbr-2 */
    public Seen of(String stream) throws IOException {
        Seen known = byStream.get(stream);
        if (known == null) {
            known = load(stream);
            byStream.put(stream, known);
        }
        return known;
    }

    private Seen load(String stream) throws IOException {
        Path video = video(stream);
        Path kept = Files.createDirectories(site.reference()).resolve(video.getFileName() + ".json");
        if (!Files.exists(kept)) {
            System.err.println("looking at every picture of " + stream + " ...");
            ObjectNode made = look(video, JSON.readTree(Path.of(video + ".json").toFile()));
            Files.writeString(kept, made.toString());
        }
        JsonNode node = JSON.readTree(kept.toFile());
        Set<Integer> frames = new HashSet<>();
        node.path("frames").forEach(f -> frames.add(f.asInt()));
        return new Seen(
                frames,
                node.path("first").asInt(),
                node.path("last").asInt(),
                node.path("framesPerSecond").asInt(),
                node.path("looked").asInt(),
                node.path("falsely").asInt());
    }

    private Path video(String stream) throws IOException {
        try (var files = Files.list(site.library())) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(stream + "-[0-9a-f]{12}\\.h26[45]"))
                    .sorted(java.util.Comparator.comparingLong(
                            file -> file.toFile().lastModified()))
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("there is no stream " + stream + " in " + site.library());
            }
            return found.getLast();
        }
    }

    private ObjectNode look(Path video, JsonNode truth) throws IOException {
        JsonNode happening = truth.path("happenings").path(0);
        int first =
                happening.isMissingNode() ? -1 : happening.path("firstFrame").asInt();
        int last = happening.isMissingNode() ? -1 : happening.path("lastFrame").asInt();
        int rate = truth.path("framesPerSecond").asInt();
        boolean isDrawn = truth.path("drawn").asBoolean(truth.path("isDrawn").asBoolean(true));
        ObjectNode out =
                JSON.createObjectNode().put("first", first).put("last", last).put("framesPerSecond", rate);
        ArrayNode frames = out.putArray("frames");
        int looked = 0;
        int falsely = 0;
        try (SightDetector detector = new SightDetector(site.standardModel());
                FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile())) {
            grabber.setImageWidth(SightDetector.WIDTH);
            grabber.setImageHeight(SightDetector.HEIGHT);
            grabber.setImageScalingFlags(org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR);
            grabber.start();
            int number = 0;
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage(), number++) {
                boolean isNear = first >= 0 && number >= first - rate && number <= last + rate;
                if (!isNear && number % rate != 0 && isDrawn) {
                    continue;
                }
                boolean isTrue = first >= 0 && number >= first && number <= last;
                boolean sees = detector.seesBgr((ByteBuffer) frame.image[0], frame.imageStride);
                if (sees) {
                    frames.add(number);
                }
                looked += isTrue ? 0 : 1;
                falsely += sees && !isTrue ? 1 : 0;
            }
        } catch (OrtException e) {
            throw new IOException("the reference cannot be made", e);
        }
        return out.put("looked", looked).put("falsely", falsely);
    }
}
