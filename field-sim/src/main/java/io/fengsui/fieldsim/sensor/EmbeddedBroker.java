package io.fengsui.fieldsim.sensor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT broker (3.1.1 and 5) in this process, on loopback, keeping nothing on disk: Apache ActiveMQ Artemis without its console.
 * Sessions live as long as the broker. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final EmbeddedActiveMQ broker;
    private final int port;

    private EmbeddedBroker(EmbeddedActiveMQ broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    /** Starts a broker that lets everyone in; port 0 takes a free one. */
    public static EmbeddedBroker start(int port) throws IOException {
        return start(port, null);
    }

    public static EmbeddedBroker start(int port, @Nullable BrokerLogin login) throws IOException {
        int chosen = port == 0 ? freePort() : port;
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setJMXManagementEnabled(false)
                    .setSecurityEnabled(login != null)
                    .setThreadPoolMaxSize(8)
                    .setScheduledThreadPoolMaxSize(2)
                    .addAcceptorConfiguration(
                            "mqtt", "tcp://127.0.0.1:" + chosen + "?protocols=MQTT;nioRemotingThreads=2");
            broker.setConfiguration(configuration);
            if (login != null) {
                broker.setSecurityManager(new OneLogin(login));
            }
            broker.start();
            if (!broker.getActiveMQServer().getRemotingService().isStarted()) {
                throw new IOException("the MQTT broker did not start on port " + chosen);
            }
            return new EmbeddedBroker(broker, chosen);
        } catch (Exception e) {
            throw e instanceof IOException io
                    ? io
                    : new IOException("the MQTT broker did not start on port " + chosen, e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** What a client connects to: {@code tcp://127.0.0.1:port}. */
    public String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Clients that are connected now. */
    public int connections() {
        return broker.getActiveMQServer().getConnectionCount();
    }

    @Override
    public void close() throws IOException {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IOException("the MQTT broker did not stop", e);
        }
    }

    private record OneLogin(BrokerLogin login) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String password) {
            return login.user().equals(user) && login.password().equals(password);
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
            return validateUser(user, password);
        }
    }
}
