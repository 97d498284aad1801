package io.fengsui.edge.app;

import io.fengsui.edge.action.ActionRunner;
import io.fengsui.edge.app.replay.HubReplay;
import io.fengsui.edge.uplink.DownlinkHandler;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Order.Outcome;
import io.fengsui.protocol.link.Question;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Does what the hub orders. What takes time goes to {@code orders-0}; what cannot be done yet is refused in words. */
final class HubOrders implements DownlinkHandler {
    private final ActionRunner actions;
    private final Supplier<String> reload;
    private final UnaryOperator<String> useModel;
    private final AskingDesk asking;
    private final HubReplay replays;
    private final Executor executor;

    /**
     * @param reload reads the configuration again; answers what is wrong, or nothing
     * @param asking looks and readings
     * @param useModel takes NAME or NAME@VERSION into use; answers what is wrong, or nothing
     */
    HubOrders(
            ActionRunner actions,
            Supplier<String> reload,
            UnaryOperator<String> useModel,
            AskingDesk asking,
            HubReplay replays,
            Executor executor) {
        this.actions = actions;
        this.reload = reload;
        this.useModel = useModel;
        this.asking = asking;
        this.replays = replays;
        this.executor = executor;
    }

    @Override
    public void onOrder(Order order, Consumer<Order.Receipt> receipts) {
        switch (order.task()) {
            case Order.Speak speak -> {
                boolean isTaken = actions.speak(speak.action(), speak.text());
                receipts.accept(
                        isTaken
                                ? new Order.Receipt(order.id(), Outcome.ACCEPTED, "")
                                : new Order.Receipt(order.id(), Outcome.REFUSED, "no such action"));
            }
            case Order.Reload() ->
                later(order, receipts, () -> {
                    String wrong = reload.get();
                    return new Order.Receipt(order.id(), wrong.isEmpty() ? Outcome.DONE : Outcome.FAILED, wrong);
                });
            case Order.UseModel use ->
                later(order, receipts, () -> {
                    String wrong =
                            useModel.apply(use.version().isEmpty() ? use.name() : use.name() + "@" + use.version());
                    return new Order.Receipt(order.id(), wrong.isEmpty() ? Outcome.DONE : Outcome.FAILED, wrong);
                });
            case Order.TakeSnapshot taken ->
                asking.snapshot(taken)
                        .whenComplete((wrong, failure) -> receipts.accept(snapshot(order.id(), wrong, failure)));
            case Order.CloseEvent _ ->
                receipts.accept(new Order.Receipt(
                        order.id(), Outcome.REFUSED, "this version of the agent does not do this yet"));
        }
    }

    @Override
    public void onQuestion(Question question, Consumer<Answer> answers) {
        Consumer<Answer.Finding> teller = finding -> answers.accept(new Answer(question.id(), finding));
        switch (question.matter()) {
            case Question.WasThereActivity activity -> tell(asking.activity(activity), teller);
            case Question.IsItStillThere presence -> tell(asking.presence(presence), teller);
            case Question.LatestReading latest -> tell(asking.latest(latest), teller);
            case Question.ReplayRules replay -> replays.start(replay, teller);
        }
    }

    private static void tell(CompletableFuture<Answer.Finding> found, Consumer<Answer.Finding> teller) {
        found.whenComplete((finding, failure) ->
                teller.accept(failure == null ? finding : new Answer.Nothing("the agent could not look it up")));
    }

    private static Order.Receipt snapshot(UUID order, @Nullable String wrong, @Nullable Throwable failure) {
        if (wrong == null || failure != null) {
            return new Order.Receipt(order, Outcome.FAILED, "the agent could not do it");
        }
        // The picture comes with the event's next revision.
        return new Order.Receipt(order, wrong.isEmpty() ? Outcome.ACCEPTED : Outcome.REFUSED, wrong);
    }

    private void later(Order order, Consumer<Order.Receipt> receipts, Supplier<Order.Receipt> work) {
        try {
            executor.execute(() -> receipts.accept(work.get()));
        } catch (RejectedExecutionException e) {
            receipts.accept(new Order.Receipt(order.id(), Outcome.FAILED, "too many orders wait"));
        }
    }
}
