package io.fengsui.fieldsim.sensor;

import io.fengsui.runtime.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A networked loudspeaker: what it is told by MQTT it writes to a text file, a line each: time, topic, text. */
public final class SimulatedLoudspeaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedLoudspeaker.class);
    private static final int MAX_TEXT = 2_000;

    private final TimeSource time;
    private final BufferedWriter spoken;
    private final MqttPeer peer;

    public SimulatedLoudspeaker(
            String brokerUri, @Nullable BrokerLogin login, String topicFilter, Path file, TimeSource time)
            throws IOException {
        this.time = time;
        this.spoken = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.peer = new MqttPeer(brokerUri, "field-sim-loudspeaker", login, this::say);
        peer.subscribe(topicFilter);
    }

    private void say(String topic, byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        String line = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
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
        }
    }
}
