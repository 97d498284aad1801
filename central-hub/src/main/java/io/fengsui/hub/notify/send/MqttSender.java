package io.fengsui.hub.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import java.time.Instant;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages by MQTT 5 with QoS 1, each when the broker has acknowledged it. One connection, made when first
 * needed, without Paho's own reconnect; one message at a time.
 */
final class MqttSender implements Sender {
    private static final long MILLIS = 5_000;
    private static final long CLOSE_MILLIS = 500;

    private final Channel.Mqtt channel;
    private @Nullable MqttAsyncClient client;

    MqttSender(Channel.Mqtt channel) {
        this.channel = channel;
    }

    @Override
    public synchronized Result send(Delivery delivery, Instant now) {
        try {
            byte[] payload = MessageForm.cloudEvent(delivery).getBytes(UTF_8);
            String topic = topic(delivery.notices().getFirst());
            connected().publish(topic, payload, 1, false).waitForCompletion(MILLIS);
            return new Result(TryOutcome.DELIVERED, "taken by the broker on " + topic);
        } catch (MqttException e) {
            drop();
            return new Result(TryOutcome.FAILED, describe(e));
        }
    }

    /** With what is behind it: a lost connection alone says little. */
    private static String describe(MqttException e) {
        Throwable cause = e.getCause();
        String behind = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return "MQTT reason " + e.getReasonCode() + ": " + e.getMessage() + behind;
    }

    /** What stands for a word has none of the characters that mean something in a topic. */
    private String topic(Notice notice) {
        return channel.topic()
                .replace("{ticket}", plain(notice.ticket()))
                .replace("{kind}", plain(notice.about().kind()))
                .replace("{grid}", plain(notice.about().grid()))
                .replace("{unit}", plain(notice.about().stand().unit()));
    }

    private static String plain(String text) {
        return text.isEmpty() ? "_" : text.replaceAll("[+#/\\p{Cntrl}]", "_");
    }

    private MqttAsyncClient connected() throws MqttException {
        MqttAsyncClient known = client;
        if (known != null && known.isConnected()) {
            return known;
        }
        drop();
        MqttAsyncClient fresh = new GuardedClient(channel.broker().toString(), "fengsui-hub-" + channel.id());
        client = fresh;
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setConnectionTimeout((int) (MILLIS / 1_000));
        options.setHttpsHostnameVerificationEnabled(true);
        Channel.Login login = channel.login();
        if (login != null) {
            options.setUserName(login.user());
            options.setPassword(login.password().reveal().getBytes(UTF_8));
        }
        fresh.connect(options).waitForCompletion(MILLIS);
        return fresh;
    }

    @SuppressWarnings("EmptyCatch") // what is thrown away may be broken in any way
    private void drop() {
        MqttAsyncClient old = client;
        client = null;
        if (old == null) {
            return;
        }
        try {
            old.disconnectForcibly(0, CLOSE_MILLIS, 0, new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            // closing follows all the same
        }
        try {
            old.close(true);
        } catch (MqttException | RuntimeException e) {
            // nobody holds it any more
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
