package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on orders and questions that are not expired. An order is claimed on disk before it is passed on, so that it is
 * carried out at most once, whatever restarts in between. Confined to {@code uplink}.
 */
final class Downlink {
    private static final Logger LOG = LoggerFactory.getLogger(Downlink.class);

    private final Spool spool;
    private final DownlinkHandler handler;
    private final Executor uplink;
    private final Supplier<Instant> wall;

    Downlink(Spool spool, DownlinkHandler handler, Executor uplink, Supplier<Instant> wall) {
        this.spool = spool;
        this.handler = handler;
        this.uplink = uplink;
        this.wall = wall;
    }

    /**
     * Takes an order.
     *
     * @param clockOffset edge's wall clock minus the hub's: the hub's deadline in the edge's time
     * @param receipts takes receipts on {@code uplink}
     */
    void onOrder(Order order, Duration clockOffset, Consumer<Order.Receipt> receipts) {
        if (isExpired(order.expires(), clockOffset)) {
            receipts.accept(new Order.Receipt(order.id(), Order.Outcome.EXPIRED, "came after it expired"));
            return;
        }
        spool.claimOrder(order.id())
                .whenCompleteAsync(
                        (isNew, failure) -> {
                            if (failure != null) {
                                receipts.accept(failed(order, "could not be claimed: " + failure.getMessage()));
                            } else if (!isNew) {
                                receipts.accept(
                                        new Order.Receipt(order.id(), Order.Outcome.ACCEPTED, "was taken before"));
                            } else if (isExpired(order.expires(), clockOffset)) {
                                receipts.accept(new Order.Receipt(
                                        order.id(), Order.Outcome.EXPIRED, "expired before the disk had it"));
                            } else {
                                execute(order, receipts);
                            }
                        },
                        uplink);
    }

    private void execute(Order order, Consumer<Order.Receipt> receipts) {
        try {
            handler.onOrder(order, receipt -> uplink.execute(() -> receipts.accept(receipt)));
        } catch (RuntimeException | Error e) {
            LOG.error("order failed: order={}", order.id(), e);
            receipts.accept(failed(order, "failed: " + e.getClass().getSimpleName()));
        }
    }

    private static Order.Receipt failed(Order order, String detail) {
        return new Order.Receipt(order.id(), Order.Outcome.FAILED, detail);
    }

    void onQuestion(Question question, Duration clockOffset, Consumer<Answer> answers) {
        if (isExpired(question.expires(), clockOffset)) {
            return;
        }
        try {
            handler.onQuestion(
                    question,
                    answer -> uplink.execute(() -> {
                        if (!isExpired(question.expires(), clockOffset)) {
                            answers.accept(answer);
                        }
                    }));
        } catch (RuntimeException | Error e) {
            LOG.error("question failed: question={}", question.id(), e);
        }
    }

    private boolean isExpired(Instant expires, Duration clockOffset) {
        return wall.get().isAfter(expires.plus(clockOffset));
    }
}
