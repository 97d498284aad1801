package io.fengsui.fieldsim.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A piece of H.264 that a simulated camera plays: it begins with a keyframe, has one pair of parameter sets, no pictures out
 * of order (so presentation order is decode order), and a fixed frame rate. Immutable, any thread.
 *
 * <p>A clip comes from a drawn scene ({@code fieldsim.scene}) or from a file in Annex-B form ({@link #read}).
 */
public record AccessUnitClip(List<byte[]> parameterSets, double framesPerSecond, List<AccessUnit> units) {
    private static final long MAX_FILE_BYTES = 256L << 20;

    public AccessUnitClip {
        if (parameterSets.size() != 2 || parameterSets.getFirst().length < 4 || parameterSets.getLast().length < 2) {
            throw new IllegalArgumentException("a clip needs one sequence and one picture parameter set");
        }
        parameterSets = List.copyOf(parameterSets);
        if (!(framesPerSecond > 0 && framesPerSecond <= 240)) {
            throw new IllegalArgumentException("frames per second must be in (0, 240], not " + framesPerSecond);
        }
        if (units.isEmpty() || !units.getFirst().isKeyframe()) {
            throw new IllegalArgumentException("a clip begins with a keyframe");
        }
        units = List.copyOf(units);
    }

    /** A clip from an H.264 byte stream (ITU-T H.264 Annex B). */
    public static AccessUnitClip of(byte[] annexB, double framesPerSecond) {
        return AnnexB.clip(annexB, framesPerSecond);
    }

    /** A clip from a file in Annex-B form, for example one made by {@code ffmpeg -i in.mp4 -c:v copy -bsf:v h264_mp4toannexb out.h264}. */
    public static AccessUnitClip read(Path file, double framesPerSecond) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new IOException(file + " has " + size + " bytes; a clip has at most " + MAX_FILE_BYTES);
        }
        try {
            return of(Files.readAllBytes(file), framesPerSecond);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The sequence parameter set; not to be written to. */
    public byte[] sps() {
        return parameterSets.getFirst();
    }

    /** The picture parameter set; not to be written to. */
    public byte[] pps() {
        return parameterSets.getLast();
    }

    public int frames() {
        return units.size();
    }

    /** Whether pictures of the other clip can follow these without a new decoder. */
    public boolean hasSameParameterSets(AccessUnitClip other) {
        return Arrays.equals(sps(), other.sps()) && Arrays.equals(pps(), other.pps());
    }

    /** The whole clip with start codes, parameter sets before each keyframe. */
    public byte[] toAnnexB() {
        return AnnexB.bytes(this);
    }
}
