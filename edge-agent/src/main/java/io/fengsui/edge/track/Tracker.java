package io.fengsui.edge.track;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives detections to tracks: by overlap with where a track should be by now, and, as pictures may be seconds apart, by
 * distance in object heights within what it can have walked. Sure detections choose first, doubtful ones continue what is
 * left (the two stages of ByteTrack, arXiv:2110.06864); only sure ones begin tracks. Pure.
 */
public final class Tracker {
    /** Most tracks of a camera. */
    public static final int MAX_TRACKS = 256;

    private static final double NANOS = 1e9;
    private static final double SLACK_HEIGHTS = 0.35;
    private static final double MAX_GATE_HEIGHTS = 4;
    private static final double MIN_SIMILARITY = 0.1;
    private static final double LARGEST_GROWTH = 1.8;
    private static final long LONGEST_INTERVAL = 10_000_000_000L;
    /** Pictures that are further apart than this are few, so that each counts for more. */
    private static final long SLOW_NANOS = 1_500_000_000L;

    private final TrackSettings settings;

    public Tracker(TrackSettings settings) {
        this.settings = settings;
    }

    /**
     * One picture's worth of detections.
     *
     * @param aspect width of the picture over its height
     * @param generation of its stream; a new one forgets all tracks
     */
    public record Picture(long generation, long arrivalNanos, double aspect, List<Detection> detections) {}

    /** The state after one more picture. A picture older than the last changes nothing. */
    public TrackerState update(TrackerState before, Picture picture) {
        TrackerState state = before.generation() == picture.generation()
                ? before
                : new TrackerState(
                        picture.generation(), before.nextId(), Long.MIN_VALUE, before.intervalNanos(), List.of());
        boolean isFirst = state.lastNanos() == Long.MIN_VALUE;
        if (!isFirst && picture.arrivalNanos() <= state.lastNanos()) {
            return before;
        }
        long interval = isFirst ? state.intervalNanos() : interval(state, picture.arrivalNanos());
        // After a pause one sure sight is as good as with pictures that are seconds apart.
        long gap = isFirst ? interval : Math.max(interval, picture.arrivalNanos() - state.lastNanos());
        Round round = new Round(state, picture, interval, gap >= SLOW_NANOS);
        round.match(settings.highScore(), 1.01, 1);
        round.match(settings.lowScore(), settings.highScore(), 0.5);
        round.beginTracks();
        return new TrackerState(picture.generation(), round.nextId, picture.arrivalNanos(), interval, round.finished());
    }

    private static long interval(TrackerState state, long arrival) {
        long elapsed = arrival - state.lastNanos();
        long usual = state.intervalNanos();
        if (elapsed > LONGEST_INTERVAL) {
            return usual;
        }
        return usual == 0 ? elapsed : usual + (elapsed - usual) / 4;
    }

    private record Pair(Track track, int detection, double similarity) {}

    /** The matching of one picture. */
    private final class Round {
        private final Picture picture;
        private final long interval;
        private final boolean isSlow;
        private final List<Track> waiting;
        private final List<Track> done = new ArrayList<>();
        private final Set<Integer> taken = new HashSet<>();
        private long nextId;

        Round(TrackerState state, Picture picture, long interval, boolean isSlow) {
            this.picture = picture;
            this.interval = interval;
            this.isSlow = isSlow;
            this.nextId = state.nextId();
            long keep = Math.max(settings.keepFor().toNanos(), interval * 5 / 2);
            this.waiting = new ArrayList<>(state.tracks().stream()
                    .filter(t -> picture.arrivalNanos() - t.lastNanos() <= keep)
                    .toList());
        }

        /** Gives detections with a score in {@code [from, below)} to waiting tracks, most alike first. */
        void match(double from, double below, double gateFactor) {
            List<Pair> pairs = new ArrayList<>();
            for (Track track : waiting) {
                for (int i = 0; i < picture.detections().size(); i++) {
                    Detection d = picture.detections().get(i);
                    boolean isCandidate = !taken.contains(i)
                            && d.confidence() >= from
                            && d.confidence() < below
                            && d.label().equals(track.label());
                    double similarity = isCandidate ? similarity(track, d.box(), gateFactor) : 0;
                    if (similarity > MIN_SIMILARITY) {
                        pairs.add(new Pair(track, i, similarity));
                    }
                }
            }
            pairs.sort(Comparator.comparingDouble(Pair::similarity)
                    .reversed()
                    .thenComparingLong(p -> p.track().id()));
            for (Pair pair : pairs) {
                if (!taken.contains(pair.detection()) && waiting.remove(pair.track())) {
                    taken.add(pair.detection());
                    done.add(seen(pair.track(), picture.detections().get(pair.detection())));
                }
            }
        }

        void beginTracks() {
            for (int i = 0; i < picture.detections().size(); i++) {
                Detection d = picture.detections().get(i);
                boolean isRoom = done.size() + waiting.size() < MAX_TRACKS;
                if (!taken.contains(i) && d.confidence() >= settings.highScore() && isRoom) {
                    long at = picture.arrivalNanos();
                    Track track =
                            new Track(nextId++, d.label(), d.box(), 0, 0, at, at, 1, List.of(d.confidence()), false);
                    done.add(confirmed(track));
                }
            }
        }

        List<Track> finished() {
            List<Track> all = new ArrayList<>(done);
            all.addAll(waiting);
            all.sort(Comparator.comparingLong(Track::id));
            return all;
        }

        /** 0 for what cannot be the same object; overlap counts most, nearness next. */
        private double similarity(Track track, Box box, double gateFactor) {
            double elapsed = (picture.arrivalNanos() - track.lastNanos()) / NANOS;
            double growth = box.height() / Math.max(1e-4, track.box().height());
            double allowed = LARGEST_GROWTH + elapsed / 2;
            if (growth > allowed || growth < 1 / allowed) {
                return 0;
            }
            double dx = track.speedX() * elapsed;
            double dy = track.speedY() * elapsed;
            Box old = track.box();
            Box expected =
                    Box.clamped((float) (old.left() + dx), (float) (old.top() + dy), (float) (old.right() + dx), (float)
                            (old.bottom() + dy));
            double far = distance(expected, box) / Math.max(1e-4, Math.max(old.height(), box.height()));
            double gate = Math.min(MAX_GATE_HEIGHTS, SLACK_HEIGHTS + settings.maxSpeed() * elapsed) * gateFactor;
            double nearness = far < gate ? 1 - far / gate : 0;
            double overlap = expected.iou(box);
            double sameSize = Math.min(growth, 1 / growth);
            return overlap + 0.5 * nearness * (0.5 + 0.5 * sameSize);
        }

        /** Between the feet of two boxes, in heights of the picture. */
        private double distance(Box a, Box b) {
            double dx = (a.left() + a.right() - b.left() - b.right()) / 2 * picture.aspect();
            double dy = a.bottom() - b.bottom();
            return Math.hypot(dx, dy);
        }

        private Track seen(Track t, Detection d) {
            double elapsed = (picture.arrivalNanos() - t.lastNanos()) / NANOS;
            Box a = t.box();
            Box b = d.box();
            double speedX = (b.left() + b.right() - a.left() - a.right()) / 2 / elapsed;
            double speedY = (b.bottom() - a.bottom()) / elapsed;
            double trust = t.hits() == 1 ? 1 : Math.min(1, 0.3 + 0.3 * elapsed);
            List<Float> scores = new ArrayList<>(t.scores());
            scores.add(d.confidence());
            return confirmed(new Track(
                    t.id(),
                    t.label(),
                    b,
                    t.speedX() + trust * (speedX - t.speedX()),
                    t.speedY() + trust * (speedY - t.speedY()),
                    t.firstNanos(),
                    picture.arrivalNanos(),
                    t.hits() + 1,
                    scores.subList(Math.max(0, scores.size() - Track.MAX_SCORES), scores.size()),
                    t.isConfirmed()));
        }

        /** Once believed, believed for ever; the fewer pictures there are, the fewer sights are asked for. */
        private Track confirmed(Track t) {
            float median = t.medianScore();
            int wanted = interval < 500_000_000L && !isSlow ? settings.minHits() : Math.min(2, settings.minHits());
            boolean isSure = isSlow && median >= settings.strongScore();
            boolean isConfirmed = t.isConfirmed() || isSure || t.hits() >= wanted && median >= settings.confirmScore();
            return isConfirmed == t.isConfirmed()
                    ? t
                    : new Track(
                            t.id(),
                            t.label(),
                            t.box(),
                            t.speedX(),
                            t.speedY(),
                            t.firstNanos(),
                            t.lastNanos(),
                            t.hits(),
                            t.scores(),
                            true);
        }
    }
}
