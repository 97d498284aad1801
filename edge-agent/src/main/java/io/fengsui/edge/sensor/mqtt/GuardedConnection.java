package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Puts a {@link PacketGuard} before what a connection of Paho's receives. Paho has two types of connections, one a version of MQTT,
 * with the same methods and no common parent.
 *
 * @param skipped keeps Paho from taking the connection for dead, see {@link PacketGuard.Watch#onSkipped}
 */
record GuardedConnection(MqttVersion version, BrokerClient.Listener listener, IntConsumer skipped)
        implements PacketGuard.Watch {
    /** The connection, guarded. */
    <T> T around(Class<T> type, T connection) {
        InvocationHandler handler = (_, method, arguments) -> {
            try {
                Object result = method.invoke(connection, arguments);
                return result instanceof InputStream in ? new PacketGuard(in, version, this) : result;
            } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void onCut(String topic, long bytes) {
        listener.onCut(topic, bytes);
    }

    /** While a broker is held back its answers to pings are too: Paho must not miss them. It goes on with asking. */
    @Override
    public boolean awaitRoom() throws InterruptedException {
        boolean hasRoom = listener.awaitRoom();
        if (!hasRoom) {
            skipped.accept(1);
        }
        return hasRoom;
    }

    @Override
    public void onSkipped(int bytes) {
        skipped.accept(bytes);
    }
}
