package io.fengsui.edge.uplink;

import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import java.util.function.Consumer;

/** Does what the hub asks. Called on {@code uplink}: must not block; may answer later, from any thread. */
public interface DownlinkHandler {
    /** An order that is not expired and was never given before: claimed on disk before this call. */
    void onOrder(Order order, Consumer<Order.Receipt> receipts);

    /** A question that is not expired. Not to answer is allowed. */
    void onQuestion(Question question, Consumer<Answer> answers);
}
