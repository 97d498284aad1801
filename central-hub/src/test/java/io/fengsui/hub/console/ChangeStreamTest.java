package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.ticket.workflow.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live stream over real sockets: what is committed comes, once, and after a cut from where it was. */
class ChangeStreamTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final String FENGTAI = "140502";
    private static final SampleScenes.Scene SMOKE = SampleScenes.ALL.get(2);

    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        ConsoleSettings settings =
                new ConsoleSettings(ZoneId.of("Asia/Shanghai"), 2, Duration.ofMillis(200), Duration.ofMillis(400), 1);
        hub = new TestHub(folder, TokenCheck.none(), settings, 0);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void tellsWhatIsCommittedAndResumesAfterACut() throws Exception {
        String position;
        try (StreamReader reader = new StreamReader(hub.port(), "")) {
            assertThat(reader.next().event()).isEqualTo("hello");
            hub.write(town -> town.ticket(1, SMOKE, "reported", OPENED));
            StreamReader.Told told = reader.next();
            assertThat(told.event()).isEqualTo("ticket");
            assertThat(told.data()).contains("\"id\":\"20261121-0001\"");
            position = told.id();
        }
        hub.write(town -> town.ticket(2, SMOKE, "reported", OPENED));
        hub.write(town -> town.edge("edge-x", "乡", "X", OPENED, true));
        try (StreamReader reader = new StreamReader(hub.port(), position)) {
            assertThat(reader.next().event()).isEqualTo("hello");
            assertThat(reader.next().data()).contains("20261121-0002");
            assertThat(reader.next().event()).isEqualTo("edge");
            hub.write(town -> town.ticket(3, SMOKE, "reported", OPENED));
            assertThat(reader.next().data()).contains("20261121-0003");
        }
    }

    @Test
    void whatIsNotCommittedIsNotTold() throws Exception {
        try (StreamReader reader = new StreamReader(hub.port(), "")) {
            assertThat(reader.next().event()).isEqualTo("hello");
            hub.database.writer().handle().begin();
            hub.town.ticket(1, SMOKE, "reported", OPENED);
            hub.console.feed().onCommit(List.of());
            hub.database.writer().handle().rollback();
            hub.write(town -> town.ticket(2, SMOKE, "reported", OPENED));
            assertThat(reader.next().data()).contains("20261121-0002");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-999999", "nonsense", "0-1.0-", "99999999999999999999-1"})
    void aPositionThatCannotBeResumedIsReset(String position) throws Exception {
        hub.write(town -> town.ticket(1, SMOKE, "reported", OPENED));
        await().until(() -> {
            try (StreamReader reader = new StreamReader(hub.port(), "")) {
                return reader.next().id().equals("0-1");
            }
        });
        try (StreamReader reader = new StreamReader(hub.port(), position)) {
            StreamReader.Told told = reader.next();
            assertThat(told.event()).isEqualTo("reset");
            assertThat(told.id()).isEqualTo("0-1");
        }
    }

    @Test
    void aQuietStreamHasAHeartbeatAndStreamsAreCounted() throws Exception {
        try (StreamReader first = new StreamReader(hub.port(), "");
                StreamReader second = new StreamReader(hub.port(), "")) {
            assertThat(first.next().event()).isEqualTo("hello");
            assertThat(second.next().event()).isEqualTo("hello");
            assertThat(first.line()).startsWith(":");
            assertThat(hub.console.stream().clients()).isEqualTo(2);
            assertThat(hub.get("/api/v1/stream").statusCode()).isEqualTo(503);
        }
        await().until(() -> hub.console.stream().clients() == 0);
    }

    @Test
    void tellsEverybodyOnlyWhatIsTheirsLiveAndAfterACut() throws Exception {
        SampleScenes.Scene own = scene(true);
        SampleScenes.Scene foreign = scene(false);
        String[] session = hub.signedIn("fengtai", Role.DISPATCHER, "", FENGTAI);
        String position;
        try (StreamReader reader = new StreamReader(hub.port(), "", session)) {
            assertThat(reader.next().event()).isEqualTo("hello");
            hub.write(town -> {
                town.ticket(1, foreign, "reported", OPENED);
                town.edge("edge-gaodu-01", "高都", "Gaodu", OPENED, true);
                town.ticket(2, own, "reported", OPENED);
            });
            StreamReader.Told told = reader.next();
            assertThat(told.event() + " " + told.data()).startsWith("ticket ").contains("20261121-0002");
            position = told.id();
        }
        hub.write(town -> {
            town.ticket(3, foreign, "reported", OPENED);
            town.ticket(4, own, "reported", OPENED);
        });
        try (StreamReader reader = new StreamReader(hub.port(), position, session)) {
            assertThat(reader.next().event()).isEqualTo("hello");
            assertThat(reader.next().data()).contains("20261121-0004");
        }
    }

    @Test
    void hearsThatTheLineIsAliveWhileOnlyOthersThingsChange() throws Exception {
        hub.write(town -> town.ticket(1, scene(false), "reported", OPENED));
        String[] session = hub.signedIn("fengtai", Role.DISPATCHER, "", FENGTAI);
        try (StreamReader reader = new StreamReader(hub.port(), "", session)) {
            assertThat(reader.next().event()).isEqualTo("hello");
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.line();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                hub.write(town -> town.change("ticket", "20261121-0001", "changed", 1));
                return heard.isDone();
            });
            assertThat(heard.join()).startsWith(":");
        }
    }

    @Test
    void endsWithTheSession(@TempDir Path folder) throws Exception {
        ConsoleSettings settings =
                new ConsoleSettings(ZoneId.of("Asia/Shanghai"), 2, Duration.ofMillis(200), Duration.ofMillis(400), 1);
        try (TestHub shut = new TestHub(folder, TokenCheck.of("0123456789abcdef"), settings, 0)) {
            String[] session = shut.signedIn("li", Role.DISPATCHER, "");
            try (StreamReader reader = new StreamReader(shut.port(), "", session)) {
                assertThat(reader.next().event()).isEqualTo("hello");
                assertThat(reader.line()).startsWith(":");
                assertThat(shut.console.stream().clients()).isEqualTo(1);
                shut.post("/logout", "", session);
                await().until(() -> shut.console.stream().clients() == 0);
            }
        }
    }

    private static SampleScenes.Scene scene(boolean isOwn) {
        return SampleScenes.ALL.stream()
                .filter(scene -> SampleScenes.SPOTS.stream()
                        .anyMatch(spot -> spot.source().equals(scene.source())
                                && spot.grid().startsWith(FENGTAI) == isOwn))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("slow")
    void aClientThatDoesNotReadIsCut() throws Exception {
        hub.write(town -> {
            for (int i = 1; i <= 250; i++) {
                town.ticket(i, SMOKE, "reported", OPENED);
            }
        });
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()));
            deaf.getOutputStream().write(StreamReader.request(hub.port(), "").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> hub.console.stream().clients() == 1);
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        hub.write(town -> {
                            for (int i = 1; i <= 250; i++) {
                                town.change("ticket", "20261121-%04d".formatted(i), "changed", 1);
                            }
                        });
                        return hub.console.stream().cuts() == 1;
                    });
            await().until(() -> hub.console.stream().clients() == 0);
        }
    }
}
