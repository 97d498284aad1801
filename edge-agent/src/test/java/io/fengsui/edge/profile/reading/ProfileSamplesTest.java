package io.fengsui.edge.profile.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.profile.ProfileLibrary;
import io.fengsui.edge.profile.reading.Heard.Standing;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.ValueReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as devices send them, and what the profiles that ship make of them: {@code profiles/samples.yaml}. */
class ProfileSamplesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** A sample; several messages of one sample share a memory. */
    record Sample(String name, String profile, List<Message> messages) {
        @Override
        public String toString() {
            return profile + ": " + name;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read only
    record Message(String topic, byte[] payload, boolean isRetained, Instant at, List<String> hears) {}

    static Stream<Sample> samples() throws IOException {
        Problems problems = new Problems();
        try (InputStream in = ProfileSamplesTest.class.getResourceAsStream("/profiles/samples.yaml")) {
            MapReader root = SettingsFile.parse("samples.yaml", Path.of(""), in.readAllBytes(), _ -> null, problems)
                    .orElseThrow();
            List<Sample> samples = root.maps("samples", ProfileSamplesTest::sample);
            assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
            return samples.stream();
        }
    }

    private static Optional<Sample> sample(MapReader in) {
        String name = in.string("name");
        String profile = in.string("profile");
        List<Message> messages = in.maps("messages", ProfileSamplesTest::message);
        return in.finish(() -> new Sample(name, profile, messages));
    }

    private static Optional<Message> message(MapReader in) {
        String topic = in.string("topic");
        byte[] payload = in.value("hex")
                .flatMap(ValueReader::string)
                .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")))
                .orElseGet(() -> in.string("payload", "").getBytes(StandardCharsets.UTF_8));
        boolean isRetained = in.bool("retained", false);
        Instant at = Instant.parse(in.string("at", "2026-05-01T08:00:00Z"));
        List<String> hears = in.strings("hears");
        return in.finish(() -> new Message(topic, payload, isRetained, at, hears));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMessageIsHeardAsItIsMeant(Sample sample) {
        ProfileMapper mapper = new ProfileMapper(new DeviceMemory());
        ProfileMapper.Bound bound = new ProfileMapper.Bound(
                ProfileLibrary.builtIn().find(sample.profile()).orElseThrow(), "");
        List<String> heard = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Message message : sample.messages()) {
            mapper.hear(
                            bound,
                            new Incoming(message.topic(), message.payload(), message.isRetained(), message.at(), ZONE))
                    .forEach(h -> heard.add(brief(h)));
            expected.addAll(message.hears());
        }
        assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyProfileThatShipsHasASample() throws IOException {
        List<String> sampled = samples().map(Sample::profile).toList();
        assertThat(sampled).containsAll(ProfileLibrary.builtIn().ids());
    }

    static String brief(Heard heard) {
        return switch (heard) {
            case Heard.Measured m ->
                (m.device() + " " + m.quantity() + " " + Math.round(m.value() * 1e6) / 1e6 + " " + m.unit()).strip()
                        + (m.standing() == Standing.LIVE ? "" : " " + m.standing());
            case Heard.Presence p ->
                p.device()
                        + (p.isOnline() ? " online" : " offline")
                        + (switch (p.reach()) {
                            case ITSELF -> "";
                            case BELOW -> " with all below";
                            case ALL -> " with all";
                        });
            case Heard.Learned l ->
                l.device() + " learned "
                        + l.messages().stream().map(m -> m.topic().text()).toList();
            case Heard.Ask a -> a.device() + " ask " + a.topic() + ": " + a.why();
            case Heard.Refused r -> r.device() + " refused: " + r.reason();
            case Heard.Nothing n -> n.device() + " nothing: " + n.reason();
        };
    }
}
