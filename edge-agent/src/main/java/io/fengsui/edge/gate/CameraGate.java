package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.admission.SurgeDesk;
import io.fengsui.edge.gate.luma.Backdrop;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import io.fengsui.edge.gate.trust.EarnedTrust;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one camera: feeds both tiers and brings their words to the decisions. Answers to looks wait in a mailbox of
 * {@value #MAILBOX} until the next access unit; what does not fit is as if it had never come.
 *
 * <p>The camera's event loop only, but for {@link #answer} and the readers.
 */
final class CameraGate {
    private static final int MAILBOX = 16;
    private static final long LONGEST_GAP = TimeUnit.SECONDS.toNanos(15);
    private static final double SECOND = 1e9;

    private final GateCounters counters = new GateCounters();
    private final String camera;
    private final Desks desks;
    private final RandomGenerator random;
    private final ArrayBlockingQueue<GateAnswer> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final SettingsInForce settings = new SettingsInForce();
    private volatile GateStatus status = GateStatus.NEW;

    private KeyframeGate.State simple = KeyframeGate.State.FIRST;
    private @Nullable AutoState auto;
    private final SizeTier sizes = new SizeTier();
    private final Backdrop backdrop = new Backdrop();
    private final SizeJudge judge;
    private SceneMemory scene = SceneMemory.NOTHING;
    private long generation = -1;
    private boolean hasUnit;
    private long unitNanos;
    private @Nullable GateReason lastOpening;

    /**
     * What the cameras of a box share.
     *
     * @param masked the surges of cameras with hidden parts: when the wind moves the trees of all of them, the others do not wait
     */
    record Desks(SurgeDesk surge, SurgeDesk masked, FirstDesk first, EmptyScene.Sink empty) {}

    CameraGate(String camera, Desks desks, RandomGenerator random) {
        this.camera = camera;
        this.desks = desks;
        this.random = random;
        this.judge = new SizeJudge(camera, sizes, backdrop, counters);
    }

    /** What the gate wants with this unit, and what it will remember if it gets it. */
    record Wish(
            GateReason reason,
            KeyframeGate.State simple,
            @Nullable AutoState auto) {}

    SettingsInForce settings() {
        return settings;
    }

    GateCounters counters() {
        return counters;
    }

    GateStatus status() {
        return status;
    }

    /** What was earned by sizes; from any thread. */
    Collection<EarnedTrust> earned() {
        return judge.earned();
    }

    /** What had been earned in an earlier run; before the camera's first picture. */
    void remember(Collection<EarnedTrust> before) {
        judge.remember(before);
    }

    /** From any thread: what came of a look. */
    void answer(GateAnswer answer) {
        boolean ignored = mailbox.offer(answer);
    }

    Wish onUnit(AccessUnit unit) {
        long now = unit.arrivalNanos();
        counters.unit(unit.annexB().length);
        GateSettings current = settings.at(now);
        if (!(current.mode() instanceof GateMode.Auto)) {
            KeyframeGate.Decision decision = KeyframeGate.decide(current, simple, KeyframeGate.Facts.of(unit), now);
            return new Wish(decision.reason(), decision.next(), null);
        }
        if (auto == null || unit.generation() != generation) {
            beginStream(unit.generation(), now);
        }
        AutoState state = Objects.requireNonNull(auto);
        account(state, now);
        state = drain(state, now);
        auto = state;
        sizes.observe(unit, backdrop.light(), weight(current, state, now));
        Activity activity =
                activity(sizes.by(backdrop.light()).activity(judge.trust().isTrusted()), now);
        judge.onActivity(activity, now);
        boolean isHiding = current.isHiding();
        boolean isAsking = activity == Activity.ACTIVE
                && state.phase() == Phase.SHUT
                && (!isHiding || AutoGate.mayProve(current, state, unit.isKeyframe(), now));
        SurgeDesk desk = isHiding ? desks.masked() : desks.surge();
        Surge may = isAsking
                ? desk.onActive(!state.isActive(), now)
                : isHiding && activity == Activity.ACTIVE && desk.isOn(now) ? Surge.WAITS : Surge.NONE;
        boolean isAskingFirst = state.marks().isFirstDue()
                && unit.isKeyframe()
                && !isAsking
                && state.asked().awaited() == AutoState.Awaited.NOTHING;
        AutoGate.Unit input = new AutoGate.Unit(
                unit.isKeyframe(),
                activity,
                // Sizes say nothing then.
                judge.trust().isTrusted() && !backdrop.isNewLight(now),
                may,
                isAskingFirst && desks.first().mayBegin(now),
                sizes.sinceKeyframe(now));
        AutoGate.Decision decision = AutoGate.onUnit(current, state, input, now);
        return new Wish(decision.reason(), simple, decision.next());
    }

    /** The wish was no look, or the look is on its way. */
    void granted(Wish wish) {
        counters.decided(wish.reason());
        simple = wish.simple();
        AutoState next = wish.auto();
        if (next != null) {
            become(next, wish.reason());
        }
        if (wish.reason() == GateReason.AUDIT && next != null) {
            judge.onAudit();
            auto = next.nextAudit(nextAudit(next.asked().lookNanos()));
        }
    }

    /** Bytes that may gather before the next picture is wanted: a few usual ones while nothing is expected. */
    int mayGather() {
        AutoState state = auto;
        GateSettings current = settings.now();
        boolean isQuiet = state != null
                && current.mode() instanceof GateMode.Auto
                && AutoGate.isQuiet(current, state, unitNanos)
                && !backdrop.isNewLight(unitNanos);
        return isQuiet ? sizes.by(backdrop.light()).gathered() : 0;
    }

    /** What the picture is predicted from was lost: the wish is made again with the next unit. */
    void refused() {
        counters.decided(GateReason.BROKEN);
    }

    private void beginStream(long newGeneration, long now) {
        generation = newGeneration;
        auto = AutoState.first(now, nextAudit(now));
        scene = SceneMemory.NOTHING;
        backdrop.clear();
        judge.onStream(now);
        sizes.clear();
    }

    /** Without memory: each second asleep is as likely to be looked at as any other, the first ones of a stream too. */
    private long nextAudit(long now) {
        double share = Math.max(1e-6, settings.now().auditShare());
        return now + (long) (SECOND / share * -Math.log1p(-random.nextDouble()));
    }

    private void account(AutoState state, long now) {
        if (hasUnit && now > unitNanos) {
            counters.watched(Math.min(LONGEST_GAP, now - unitNanos), state.isAwake());
        }
        hasUnit = true;
        unitNanos = now;
    }

    /** While the light is new, sizes say nothing. */
    private Activity activity(Activity seen, long now) {
        return backdrop.isNewLight(now) && seen == Activity.ACTIVE ? Activity.LEARNING : seen;
    }

    /** What moves where movement is hidden opens nothing, and is learned: or sizes would cry all day, and show nothing else. */
    private double weight(GateSettings current, AutoState state, long now) {
        if (backdrop.isNewLight(now)) {
            return 8;
        }
        return switch (state.phase()) {
            case SHUT -> state.isActive() && !current.isHiding() ? 0 : 1;
            case OPEN -> 0;
            case RESTLESS -> 4;
        };
    }

    private AutoState drain(AutoState before, long now) {
        AutoState state = before;
        for (GateAnswer answer = mailbox.poll(); answer != null; answer = mailbox.poll()) {
            AutoState next = switch (answer) {
                case GateAnswer.Small small -> onSmall(state, small, now);
                case GateAnswer.Seen seen -> onSeen(state, seen, now);
                // It goes on at its usual pace, so that overload is not answered with more.
                case GateAnswer.Missed ignored -> state.answered();
            };
            GateReason why =
                    answer instanceof GateAnswer.Seen seen ? seen.look().reason() : GateReason.LUMA;
            become(next, why);
            state = next;
            refresh(state);
        }
        return state;
    }

    private void become(AutoState next, GateReason why) {
        AutoState before = auto;
        auto = next;
        if (before != null && next.phase() == Phase.OPEN && !before.isAwake()) {
            lastOpening = why;
            counters.opened(why);
        }
        if (before == null || before.phase() != next.phase()) {
            refresh(next);
        }
    }

    private void refresh(AutoState state) {
        SizeWatch watch = sizes.by(backdrop.light());
        status = GateStatus.of(state.isAwake(), judge.trust(), watch.floor(), watch.leastArea(), lastOpening);
    }

    private AutoState onSmall(AutoState state, GateAnswer.Small answer, long now) {
        if (answer.look().generation() != generation) {
            return state;
        }
        LumaChange change = backdrop.take(
                answer.picture(),
                settings.now().interest().hidden(),
                answer.look().arrivalNanos(),
                now);
        boolean isHidden =
                settings.now().isHiding() && (state.isActive() || answer.look().reason() == GateReason.MASKED);
        judge.onSmall(change, answer.look(), isHidden);
        GateReason why = AutoAnswer.meaning(settings.now(), state, answer.look(), now);
        if (change.kind() == LumaChange.Kind.NOTHING && why.isTold()) {
            desks.empty()
                    .onEmpty(new EmptyScene(camera, generation, answer.look().arrivalNanos(), why));
        }
        // Who stands there was taken for the background with the new light.
        boolean isRelit = change.kind() == LumaChange.Kind.UNKNOWN && backdrop.isNewLight(now);
        return AutoAnswer.onSmall(settings.now(), isRelit ? state.unseen() : state, change, now);
    }

    private AutoState onSeen(AutoState state, GateAnswer.Seen answer, long now) {
        if (answer.look().generation() != generation) {
            return state;
        }
        Interest interest = settings.now().interest();
        SceneMemory found = SceneMemory.of(
                answer.detections(), interest, scene, answer.look().reason());
        boolean isThere = !found.isEmpty();
        AutoAnswer.Sight sight = isThere
                ? new AutoAnswer.Sight(true, found.isSameAs(scene), found.isMoreThan(scene), found.isSure())
                : scene.isHiddenIn(interest) || found.isHiddenIn(interest)
                        ? AutoAnswer.Sight.ASIDE
                        : AutoAnswer.Sight.NOTHING;
        judge.onSeen(answer.look(), isThere, isThere && !(sight.isSteady() && state.isSettled()));
        AutoState next = AutoAnswer.onSeen(settings.now(), state, sight, now);
        scene = isThere ? found : scene.after(found, interest, next.isAwake());
        if (isThere) {
            backdrop.believe();
        } else if (AutoAnswer.isNothing(state, sight, next)) {
            backdrop.excuse();
        }
        return next;
    }
}
