package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerException.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * MQTT 5 by Paho. Around its faults: no reconnect of its own (one shared delay for all clients, no jitter), no file
 * persistence, one global callback (a listener per subscription throws in 1.2.5), manual acknowledgement with QoS 1 only.
 */
final class PahoV5Client implements BrokerClient, MqttCallback {
    private static final int RECEIVE_MAXIMUM = 200;
    private static final long CLOSE_MILLIS = 500;

    private final BrokerSettings settings;
    private final SessionKind session;
    private final Listener listener;
    private static final long ROOM_POLL_NANOS = 1_000_000;

    private final MqttAsyncClient client;

    PahoV5Client(BrokerSettings settings, SessionKind session, Listener listener) throws BrokerException {
        this.settings = settings;
        this.session = session;
        this.listener = listener;
        try {
            client = new GuardedV5(settings, listener);
        } catch (MqttException | IllegalArgumentException e) {
            throw new BrokerException(Cause.UNREACHABLE, "no client for " + settings.pahoUri());
        }
        client.setManualAcks(true);
        client.setCallback(this);
    }

    @Override
    public void connect(Duration timeout) throws BrokerException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(session == SessionKind.FRESH);
        options.setSessionExpiryInterval(
                session == SessionKind.FRESH ? 0 : settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setMaximumPacketSize((long) PacketGuard.MAX_PACKET);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) Math.max(1, timeout.toSeconds()));
        if (!settings.username().isEmpty()) {
            options.setUserName(settings.username());
        }
        var password = settings.password();
        if (password != null) {
            options.setPassword(password.reveal().getBytes(StandardCharsets.UTF_8));
        }
        if (settings.isTls()) {
            options.setSocketFactory(BrokerTls.socketFactory(settings.tls()));
            options.setHttpsHostnameVerificationEnabled(true);
        }
        new Asked(start(() -> client.connect(options)), List.of()).await(timeout);
    }

    @Override
    public Answer subscribe(List<String> filters) throws BrokerException {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, 1);
        return new Asked(start(() -> client.subscribe(filters.toArray(String[]::new), qos)), filters);
    }

    @Override
    public Answer unsubscribe(String filter) throws BrokerException {
        return new Asked(start(() -> client.unsubscribe(filter)), List.of());
    }

    @Override
    public void acknowledge(int packetId) throws BrokerException {
        try {
            client.messageArrivedComplete(packetId, 1);
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    @Override
    public Answer send(String topic, byte[] payload, Duration timeout) throws BrokerException {
        long deadline = System.nanoTime() + timeout.toNanos();
        return new Asked(start(() -> publishWhenThereIsRoom(topic, payload, deadline)), List.of());
    }

    /**
     * The client gives a place among the messages in flight back on a thread of its own, after it has told that a message
     * is complete; who publishes one after the other can be faster and is refused.
     */
    private IMqttToken publishWhenThereIsRoom(String topic, byte[] payload, long deadline) throws MqttException {
        while (true) {
            try {
                return client.publish(topic, payload, 1, false);
            } catch (MqttException e) {
                if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT
                        || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(ROOM_POLL_NANOS);
            }
        }
    }

    @Override
    @SuppressWarnings("EmptyCatch") // what is thrown away may be broken in any way
    public void close() {
        try {
            client.disconnectForcibly(0, CLOSE_MILLIS, 0, new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            // closing follows all the same
        }
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            // nobody holds it any more
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        int packetId = message.getQos() == 0 ? 0 : message.getId();
        listener.onMessage(topic, message.getPayload(), packetId, message.isRetained());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        MqttException e = response.getException();
        listener.onLost(e == null ? "the broker closed, code " + response.getReturnCode() : describe(e));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        listener.onLost(describe(exception));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean isReconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    /** A call that answers with a token. */
    private interface Call {
        IMqttToken start() throws MqttException;
    }

    private static IMqttToken start(Call call) throws BrokerException {
        try {
            return call.start();
        } catch (MqttException e) {
            throw failure(e);
        }
    }

    /** @param filters that are to be subscribed; empty for everything else */
    private record Asked(IMqttToken token, List<String> filters) implements Answer {
        @Override
        public boolean isThere() {
            return token.isComplete();
        }

        @Override
        public void await(Duration timeout) throws BrokerException {
            try {
                token.waitForCompletion(timeout.toMillis());
            } catch (MqttException e) {
                throw failure(e);
            }
            int[] codes = filters.isEmpty() ? null : token.getReasonCodes();
            for (int i = 0; codes != null && i < codes.length && i < filters.size(); i++) {
                if (codes[i] > 2) {
                    throw new BrokerException(
                            Cause.REFUSED, "subscription to " + filters.get(i) + " refused with reason " + codes[i]);
                }
            }
        }
    }

    private static BrokerException failure(MqttException e) {
        Cause cause = switch (e.getReasonCode()) {
            case 134, 135, 138, 4, 5 -> Cause.UNAUTHORIZED;
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> Cause.TIMEOUT;
            case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> Cause.UNREACHABLE;
            case MqttClientException.REASON_CODE_CONNECTION_LOST,
                    MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING -> Cause.LOST;
            default -> Cause.REFUSED;
        };
        return new BrokerException(cause, describe(e));
    }

    private static String describe(MqttException e) {
        return BrokerException.describe(e.getReasonCode(), e.getCause());
    }
}
