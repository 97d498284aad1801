package io.fengsui.edge.vision.pool;

import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.gate.GateReason.Aim;
import io.fengsui.edge.gate.GateReason.Urgency;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.wire.Following;
import io.fengsui.edge.vision.wire.ToWorker;
import java.util.LinkedHashMap;

/**
 * Cameras for which one worker keeps a decoder, and how far each has come. A look of such a camera brings only the access
 * units that are new; a look that begins at another keyframe begins anew there, and what was between is never decoded. The
 * camera that was looked at longest ago is let go of first. Confined to {@code vision-io}.
 */
final class Followed {
    /** Cameras at a time; the worker keeps a few more. */
    static final int MAX = 64;

    /** Everything up to this many units of this group is in the decoder. */
    private record Place(long generation, long firstIndex, int units) {}

    private final LinkedHashMap<String, Place> places = new LinkedHashMap<>(MAX, 0.75f, true);

    /** How a look is told to the worker, which is then taken to know all of it. */
    ToWorker toWire(LookJob job, long number) {
        if (job.look().reason().aim() != Aim.DETECT) {
            return job.toWire(number);
        }
        GopSnapshot pictures = job.look().pictures();
        Place known = places.get(job.camera());
        boolean isAwake = job.look().reason().urgency().compareTo(Urgency.ROUTINE) < 0;
        if (known == null && pictures.size() == 1 && !isAwake) {
            return job.toWire(number);
        }
        boolean isContinued = known != null
                && known.generation() == pictures.generation()
                && known.firstIndex() == pictures.firstIndex()
                && known.units() < pictures.size();
        places.put(job.camera(), new Place(pictures.generation(), pictures.firstIndex(), pictures.size()));
        if (places.size() > MAX) {
            places.pollFirstEntry();
        }
        int from = isContinued && known != null ? known.units() : 0;
        return job.toWire(number, from, new Following(job.camera(), isContinued));
    }

    /** The worker has no decoder for this camera any more. */
    void forget(String camera) {
        places.remove(camera);
    }

    boolean knows(String camera) {
        return places.containsKey(camera);
    }
}
