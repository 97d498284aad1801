package io.fengsui.protocol.wire;

import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.protocol.wire.v1.Activity;
import io.fengsui.protocol.wire.v1.CloseEventOrder;
import io.fengsui.protocol.wire.v1.NoAnswer;
import io.fengsui.protocol.wire.v1.OrderReceipt;
import io.fengsui.protocol.wire.v1.Presence;
import io.fengsui.protocol.wire.v1.ReloadOrder;
import io.fengsui.protocol.wire.v1.SnapshotOrder;
import io.fengsui.protocol.wire.v1.SpeakOrder;
import io.fengsui.protocol.wire.v1.UseModelOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Orders, questions and what comes back, both ways. Instants are sent in milliseconds. Pure. */
public final class WireDownlink {
    private WireDownlink() {}

    public static io.fengsui.protocol.wire.v1.Order toMessage(Order order) {
        var message = io.fengsui.protocol.wire.v1.Order.newBuilder()
                .setOrderId(order.id().toString())
                .setExpiresUnixMillis(order.expires().toEpochMilli());
        switch (order.task()) {
            case Order.Speak speak ->
                message.setSpeak(
                        SpeakOrder.newBuilder().setAction(speak.action()).setText(speak.text()));
            case Order.TakeSnapshot snapshot ->
                message.setSnapshot(SnapshotOrder.newBuilder()
                        .setCamera(snapshot.camera())
                        .setEventId(snapshot.event().toString()));
            case Order.UseModel model ->
                message.setUseModel(
                        UseModelOrder.newBuilder().setName(model.name()).setVersion(model.version()));
            case Order.Reload() -> message.setReload(ReloadOrder.getDefaultInstance());
            case Order.CloseEvent close ->
                message.setCloseEvent(CloseEventOrder.newBuilder()
                        .setEventId(close.event().toString())
                        .setReason(close.reason()));
        }
        return message.build();
    }

    /** An order of a kind that this version does not know is refused; its id is in the message for the receipt. */
    public static Order fromMessage(io.fengsui.protocol.wire.v1.Order message) throws MalformedMessageException {
        return Fields.in(
                "order",
                () -> new Order(
                        Fields.uuid("order_id", message.getOrderId()),
                        Fields.millis(message.getExpiresUnixMillis()),
                        task(message)));
    }

    private static Order.Task task(io.fengsui.protocol.wire.v1.Order message) throws MalformedMessageException {
        return switch (message.getOrderCase()) {
            case SPEAK ->
                new Order.Speak(
                        message.getSpeak().getAction(), message.getSpeak().getText());
            case SNAPSHOT ->
                new Order.TakeSnapshot(
                        message.getSnapshot().getCamera(),
                        Fields.eventId("event_id", message.getSnapshot().getEventId()));
            case USE_MODEL ->
                new Order.UseModel(
                        message.getUseModel().getName(), message.getUseModel().getVersion());
            case RELOAD -> new Order.Reload();
            case CLOSE_EVENT ->
                new Order.CloseEvent(
                        Fields.eventId("event_id", message.getCloseEvent().getEventId()),
                        message.getCloseEvent().getReason());
            case ORDER_NOT_SET -> throw new MalformedMessageException("order: a kind that this version does not know");
        };
    }

    public static OrderReceipt toMessage(Order.Receipt receipt) {
        return OrderReceipt.newBuilder()
                .setOrderId(receipt.order().toString())
                .setOutcome(WireEnums.toMessage(receipt.outcome()))
                .setDetail(receipt.detail())
                .build();
    }

    public static Order.Receipt fromMessage(OrderReceipt message) throws MalformedMessageException {
        return Fields.in(
                "order_receipt",
                () -> new Order.Receipt(
                        Fields.uuid("order_id", message.getOrderId()),
                        WireEnums.outcome(message.getOutcome()),
                        message.getDetail()));
    }

    public static io.fengsui.protocol.wire.v1.Question toMessage(Question question) {
        var message = io.fengsui.protocol.wire.v1.Question.newBuilder()
                .setQuestionId(question.id().toString())
                .setExpiresUnixMillis(question.expires().toEpochMilli());
        switch (question.matter()) {
            case Question.WasThereActivity activity ->
                message.setActivity(io.fengsui.protocol.wire.v1.WasThereActivity.newBuilder()
                        .setCamera(activity.camera())
                        .setZone(activity.zone())
                        .setLabel(activity.label())
                        .setFromUnixMillis(activity.from().toEpochMilli())
                        .setToUnixMillis(activity.to().toEpochMilli()));
            case Question.IsItStillThere there ->
                message.setStillThere(io.fengsui.protocol.wire.v1.IsItStillThere.newBuilder()
                        .setEventId(there.event().toString()));
            case Question.ReplayRules replay -> message.setReplay(WireReplay.toMessage(replay));
            case Question.LatestReading latest ->
                message.setLatestReading(io.fengsui.protocol.wire.v1.LatestReading.newBuilder()
                        .setSensor(latest.sensor())
                        .setQuantity(latest.quantity()));
        }
        return message.build();
    }

    public static Question fromMessage(io.fengsui.protocol.wire.v1.Question message) throws MalformedMessageException {
        return Fields.in(
                "question",
                () -> new Question(
                        Fields.uuid("question_id", message.getQuestionId()),
                        Fields.millis(message.getExpiresUnixMillis()),
                        matter(message)));
    }

    private static Question.Matter matter(io.fengsui.protocol.wire.v1.Question message)
            throws MalformedMessageException {
        return switch (message.getQuestionCase()) {
            case ACTIVITY -> {
                var activity = message.getActivity();
                yield new Question.WasThereActivity(
                        activity.getCamera(),
                        activity.getZone(),
                        activity.getLabel(),
                        Fields.millis(activity.getFromUnixMillis()),
                        Fields.millis(activity.getToUnixMillis()));
            }
            case STILL_THERE ->
                new Question.IsItStillThere(
                        Fields.eventId("event_id", message.getStillThere().getEventId()));
            case LATEST_READING ->
                new Question.LatestReading(
                        message.getLatestReading().getSensor(),
                        message.getLatestReading().getQuantity());
            case REPLAY -> WireReplay.fromMessage(message.getReplay());
            case QUESTION_NOT_SET ->
                throw new MalformedMessageException("question: a kind that this version does not know");
        };
    }

    public static io.fengsui.protocol.wire.v1.Answer toMessage(Answer answer) {
        var message = io.fengsui.protocol.wire.v1.Answer.newBuilder()
                .setQuestionId(answer.question().toString());
        switch (answer.finding()) {
            case Answer.Activity activity -> message.setActivity(toMessage(activity));
            case Answer.Presence presence -> message.setPresence(toMessage(presence));
            case Answer.Latest latest ->
                message.setReading(WireValues.toMessage(latest.reading()))
                        .setReadingAgeMillis(latest.age().toMillis());
            case Answer.Replayed replayed -> message.setReplayed(WireReplay.toMessage(replayed));
            case Answer.Progress progress ->
                message.setProgress(
                        io.fengsui.protocol.wire.v1.Progress.newBuilder().setShare(progress.share()));
            case Answer.Nothing nothing -> message.setNone(NoAnswer.newBuilder().setReason(nothing.reason()));
        }
        return message.build();
    }

    public static Answer fromMessage(io.fengsui.protocol.wire.v1.Answer message) throws MalformedMessageException {
        return Fields.in(
                "answer", () -> new Answer(Fields.uuid("question_id", message.getQuestionId()), finding(message)));
    }

    private static Answer.Finding finding(io.fengsui.protocol.wire.v1.Answer message) throws MalformedMessageException {
        return switch (message.getAnswerCase()) {
            case ACTIVITY -> Fields.in("activity", () -> activity(message.getActivity()));
            case PRESENCE -> Fields.in("presence", () -> presence(message.getPresence()));
            case READING -> {
                Reading reading = Fields.in("reading", () -> WireValues.fromMessage(message.getReading()));
                yield new Answer.Latest(reading, Duration.ofMillis(Math.max(0, message.getReadingAgeMillis())));
            }
            case NONE -> new Answer.Nothing(message.getNone().getReason());
            case REPLAYED -> Fields.in("replayed", () -> WireReplay.fromMessage(message.getReplayed()));
            case PROGRESS ->
                Fields.in(
                        "progress",
                        () -> new Answer.Progress(message.getProgress().getShare()));
            case ANSWER_NOT_SET -> new Answer.Nothing("an answer of a kind that this version does not know");
        };
    }

    private static Activity toMessage(Answer.Activity activity) {
        var message = Activity.newBuilder().setSeen(activity.wasSeen()).setWatchedRatio(activity.watchedRatio());
        Moment lastSeen = activity.lastSeen();
        if (lastSeen != null) {
            message.setLastSeen(WireValues.toMessage(lastSeen));
        }
        Answer.Shown picture = activity.picture();
        if (picture != null) {
            message.setLastPicture(WireValues.toMessage(picture.evidence()))
                    .setLastPictureEvent(picture.event().toString());
        }
        return message.build();
    }

    private static Answer.Activity activity(Activity message) throws MalformedMessageException {
        Moment lastSeen = message.hasLastSeen() ? WireValues.fromMessage(message.getLastSeen()) : null;
        Evidence picture = picture(message.hasLastPicture(), message.getLastPicture());
        // One of an older edge has no event to come with.
        Answer.Shown shown = picture == null || message.getLastPictureEvent().isEmpty()
                ? null
                : new Answer.Shown(Fields.eventId("last_picture_event", message.getLastPictureEvent()), picture);
        return new Answer.Activity(message.getSeen(), message.getWatchedRatio(), lastSeen, shown);
    }

    private static Presence toMessage(Answer.Presence presence) {
        var message = Presence.newBuilder()
                .setPresent(presence.isPresent())
                .setLooked(WireValues.toMessage(presence.looked()));
        Evidence picture = presence.picture();
        if (picture != null) {
            message.setPicture(WireValues.toMessage(picture));
        }
        return message.build();
    }

    private static Answer.Presence presence(Presence message) throws MalformedMessageException {
        Moment looked =
                Fields.required("looked", message.hasLooked(), () -> WireValues.fromMessage(message.getLooked()));
        return new Answer.Presence(message.getPresent(), looked, picture(message.hasPicture(), message.getPicture()));
    }

    private static @Nullable Evidence picture(boolean isThere, io.fengsui.protocol.wire.v1.Evidence message)
            throws MalformedMessageException {
        return isThere ? Fields.in("picture", () -> WireValues.fromMessage(message)) : null;
    }
}
