package io.fengsui.benchmarks.chaos.town;

import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.benchmarks.chaos.oracle.Payloads;
import io.fengsui.runtime.RoleThreads;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Sensors that say at one moment a number that nobody has said before, which is an alarm, and 0 at the next, which ends it. An
 * alarm is an obligation once the broker has acknowledged it (QoS 1). What is not acknowledged may have come or not; the 0 is said
 * until it is acknowledged. One thread publishes; the methods are thread-safe.
 */
public final class Alarms implements AutoCloseable {
    private static final AtomicLong VALUES = new AtomicLong();
    private static final long AGAIN_MILLIS = 200;
    private static final long REPLY_MILLIS = 5_000;

    private final int port;
    private final Obligations obligations;
    private final Object lock = new Object();
    private @Nullable MqttClient client;
    private @Nullable Thread thread;
    private volatile boolean isStopped = true;

    public Alarms(int port, Obligations obligations) {
        this.port = port;
        this.obligations = obligations;
    }

    /** Sensors {@code group-0} to {@code group-(many-1)} begin to alarm in turn, so many messages a second. */
    public void start(String group, int many, int perSecond) {
        isStopped = false;
        Thread publisher = RoleThreads.named("alarms", () -> run(group, many, perSecond));
        thread = publisher;
        publisher.start();
    }

    /** Ends all alarms and returns when the broker has acknowledged that. */
    public void stop() throws InterruptedException {
        isStopped = true;
        Thread publisher = thread;
        if (publisher != null) {
            publisher.join();
        }
        thread = null;
    }

    private void run(String group, int many, int perSecond) {
        boolean[] isOpen = new boolean[many];
        try {
            for (int i = 0; !isStopped; i = (i + 1) % many) {
                if (isOpen[i]) {
                    isOpen[i] = !say(group + "-" + i, 0);
                } else {
                    raise(group + "-" + i);
                    isOpen[i] = true;
                }
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / perSecond);
            }
            for (int i = 0; i < many; i++) {
                while (isOpen[i]) {
                    isOpen[i] = !say(group + "-" + i, 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One alarm of this sensor; its id. */
    public String raise(String sensor) throws InterruptedException {
        long value = VALUES.incrementAndGet();
        String id = HubBook.id(sensor, value);
        obligations.issued(id, Payloads.hash(sensor + "=" + value));
        if (say(sensor, value)) {
            obligations.acknowledged(id);
        }
        return id;
    }

    /** Says something that is no reading; returns when the broker has it. */
    public void babble(String sensor, String payload) throws InterruptedException {
        while (!publish(sensor, payload)) {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    private boolean say(String sensor, long value) throws InterruptedException {
        return publish(sensor, "{\"v\": " + value + "}");
    }

    /** Whether the broker acknowledged it. */
    private boolean publish(String sensor, String payload) throws InterruptedException {
        synchronized (lock) {
            try {
                connected().publish("chaos/" + sensor, payload.getBytes(StandardCharsets.UTF_8), 1, false);
                return true;
            } catch (MqttException e) {
                disconnect();
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
                return false;
            }
        }
    }

    private MqttClient connected() throws MqttException {
        MqttClient there = client;
        if (there == null) {
            there = new MqttClient("tcp://127.0.0.1:" + port, "chaos-alarms", new MemoryPersistence());
            there.setTimeToWait(REPLY_MILLIS);
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setCleanStart(true);
            options.setConnectionTimeout((int) TimeUnit.MILLISECONDS.toSeconds(REPLY_MILLIS));
            client = there;
            there.connect(options);
        }
        return there;
    }

    private void disconnect() {
        MqttClient there = client;
        client = null;
        if (there != null) {
            try {
                there.disconnectForcibly(0, REPLY_MILLIS, false);
                there.close(true);
            } catch (MqttException e) {
                // it is gone as it is
            }
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            disconnect();
        }
    }
}
