package io.fengsui.edge.gate;

import io.fengsui.edge.gate.luma.Backdrop;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import io.fengsui.edge.gate.trust.EarnedTrust;
import io.fengsui.edge.gate.trust.Trust;
import io.fengsui.edge.gate.trust.TrustBook;
import io.fengsui.edge.gate.trust.TrustBook.Unrest;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what sizes said of one camera against what its small pictures and the detector showed. The camera's event loop only,
 * but for {@link #earned}.
 */
final class SizeJudge {
    private static final Logger LOG = LoggerFactory.getLogger(SizeJudge.class);
    /** Sizes that rise again sooner are the same rise: gusts, steps. */
    private static final long RISE_OVER = TimeUnit.SECONDS.toNanos(4);

    private final SizeTier sizes;
    private final Backdrop backdrop;
    private final GateCounters counters;
    private final TrustBook book;
    private boolean isCharged;
    private boolean isAuditing;
    private long activeNanos;

    SizeJudge(String camera, SizeTier sizes, Backdrop backdrop, GateCounters counters) {
        this.sizes = sizes;
        this.backdrop = backdrop;
        this.counters = counters;
        this.book = new TrustBook(belief -> tell(camera, belief));
    }

    private static void tell(String camera, Trust belief) {
        LOG.info(
                "sizes are {} camera={} reason={} light={}",
                belief.isTrusted() ? "trusted" : "not trusted",
                camera,
                belief.reason().label(),
                belief.light());
    }

    Trust trust() {
        return book.trust();
    }

    Collection<EarnedTrust> earned() {
        return book.earned();
    }

    void remember(Collection<EarnedTrust> before) {
        book.remember(before);
    }

    /** A look by lot is on its way; the one before, if nobody answered it until now, never was one. */
    void onAudit() {
        giveUpAudit();
        isAuditing = true;
    }

    private void giveUpAudit() {
        if (isAuditing) {
            counters.unanswered();
            isAuditing = false;
        }
    }

    /** Another stream. */
    void onStream(long now) {
        giveUpAudit();
        book.onStream(now);
    }

    /** What sizes say with one more picture. */
    void onActivity(Activity activity, long now) {
        book.onParameterSets(sizes.parameterSets());
        if (activity == Activity.ACTIVE) {
            book.onNoticed(now);
            activeNanos = now;
        } else if (now - activeNanos >= RISE_OVER) {
            isCharged = false;
        }
        if (book.isDue(now)) {
            book.judge(backdrop.light(), unrest());
        }
    }

    /**
     * What a small picture showed. Sizes that rose because of what is hidden were wrong once, however many pictures were asked
     * for: or one gust would make them deaf to what is sudden.
     *
     * @param isHidden whether sizes noticed something when it was asked for or do so now, and movement may be hidden
     */
    void onSmall(LumaChange change, GateAnswer.Of look, boolean isHidden) {
        book.onLight(backdrop.light(), unrest());
        if (change.kind() != LumaChange.Kind.NOTHING) {
            return;
        }
        if (isHidden) {
            if (look.reason() == GateReason.MASKED && !isCharged) {
                isCharged = true;
                sizes.by(backdrop.light()).onFalseAlarm();
            }
            book.onHidden(backdrop.light(), unrest(), look.arrivalNanos());
        } else {
            book.onQuiet(backdrop.light(), unrest(), look.arrivalNanos());
        }
    }

    /**
     * What the detector showed.
     *
     * @param isNews whether something is there that is not known to stand there
     */
    void onSeen(GateAnswer.Of look, boolean isThere, boolean isNews) {
        if (look.reason() == GateReason.AUDIT) {
            isAuditing = false;
            counters.audited(isNews);
            if (isNews) {
                book.onFound(unrest(), look.arrivalNanos());
            }
        } else if (look.reason() == GateReason.SIZE) {
            if (isThere) {
                book.onConfirmed(backdrop.light(), unrest());
            } else {
                sizes.by(backdrop.light()).onFalseAlarm();
            }
        } else if (look.reason() == GateReason.LUMA && isThere) {
            book.onFound(unrest(), backdrop.movedAt(look.arrivalNanos()));
        }
    }

    private Unrest unrest() {
        SizeWatch watch = sizes.by(backdrop.light());
        return new Unrest(watch.leastArea(), watch.hasShifted(), watch.activity() == Activity.LEARNING);
    }
}
