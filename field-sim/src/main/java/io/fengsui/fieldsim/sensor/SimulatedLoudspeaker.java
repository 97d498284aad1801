package io.fengsui.fieldsim.sensor;

import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A networked loudspeaker: what it is told by MQTT it writes to a text file, a line each: time, topic, text. The
 * thread {@code loudspeaker} writes; of more than 64 texts that wait the oldest is dropped, as a loudspeaker cannot say all at once.
 */
public final class SimulatedLoudspeaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedLoudspeaker.class);
    private static final int MAX_TEXT = 2_000;

    private final TimeSource time;
    private final BufferedWriter spoken;
    private final MqttPeer peer;
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(64),
            RoleThreads.factory("loudspeaker"),
            new ThreadPoolExecutor.DiscardOldestPolicy());

    public SimulatedLoudspeaker(
            String brokerUri, @Nullable BrokerLogin login, String topicFilter, Path file, TimeSource time)
            throws IOException {
        this.time = time;
        this.spoken = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.peer = new MqttPeer(brokerUri, "field-sim-loudspeaker", login, (topic, payload) -> {
            String line = textOf(payload);
            thread.execute(() -> say(topic, line));
        });
        peer.subscribe(topicFilter);
    }

    private static String textOf(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private void say(String topic, String line) {
        LOG.info("loudspeaker says topic={} text={}", topic, line);
        try {
            spoken.write(time.wall() + " " + topic + " " + line);
            spoken.newLine();
            spoken.flush();
        } catch (IOException e) {
            LOG.warn("cannot write down what the loudspeaker says", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (spoken) {
            peer.close();
            thread.shutdown();
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("the loudspeaker did not finish speaking");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
