package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerException.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** MQTT 3.1.1 by Paho, for old brokers; with the same cautions as {@link PahoV5Client}. */
final class PahoV3Client implements BrokerClient, MqttCallback {
    private static final long CLOSE_MILLIS = 500;
    private static final int SUBSCRIPTION_REFUSED = 0x80;

    private final BrokerSettings settings;
    private final SessionKind session;
    private final Listener listener;
    private final MqttAsyncClient client;

    PahoV3Client(BrokerSettings settings, SessionKind session, Listener listener) throws BrokerException {
        this.settings = settings;
        this.session = session;
        this.listener = listener;
        try {
            client = new GuardedV3(settings, listener);
        } catch (MqttException | IllegalArgumentException e) {
            throw new BrokerException(Cause.UNREACHABLE, "no client for " + settings.pahoUri());
        }
        client.setManualAcks(true);
        client.setCallback(this);
    }

    @Override
    public void connect(Duration timeout) throws BrokerException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(session == SessionKind.FRESH);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) Math.max(1, timeout.toSeconds()));
        if (!settings.username().isEmpty()) {
            options.setUserName(settings.username());
        }
        var password = settings.password();
        if (password != null) {
            options.setPassword(password.reveal().toCharArray());
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
        return new Asked(start(() -> client.publish(topic, payload, 1, false)), List.of());
    }

    @Override
    @SuppressWarnings("EmptyCatch") // what is thrown away may be broken in any way
    public void close() {
        try {
            client.disconnectForcibly(0, CLOSE_MILLIS);
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
    public void connectionLost(Throwable cause) {
        listener.onLost(cause instanceof MqttException e ? describe(e) : String.valueOf(cause));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}

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
            int[] granted = filters.isEmpty() ? null : token.getGrantedQos();
            for (int i = 0; granted != null && i < granted.length && i < filters.size(); i++) {
                if (granted[i] == SUBSCRIPTION_REFUSED) {
                    throw new BrokerException(Cause.REFUSED, "subscription to " + filters.get(i) + " refused");
                }
            }
        }
    }

    private static BrokerException failure(MqttException e) {
        Cause cause = switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION, MqttException.REASON_CODE_NOT_AUTHORIZED ->
                Cause.UNAUTHORIZED;
            case MqttException.REASON_CODE_CLIENT_TIMEOUT -> Cause.TIMEOUT;
            case MqttException.REASON_CODE_SERVER_CONNECT_ERROR -> Cause.UNREACHABLE;
            case MqttException.REASON_CODE_CONNECTION_LOST,
                    MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING -> Cause.LOST;
            default -> Cause.REFUSED;
        };
        return new BrokerException(cause, describe(e));
    }

    private static String describe(MqttException e) {
        return BrokerException.describe(e.getReasonCode(), e.getCause());
    }
}
