package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silences over REST: by state, page by page, and who may end which. */
class SilencesRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant now = TimeSource.system().wall();
    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void oneThatRunsIsNotPushedOutByMoreThatEndedBeforeTheirTime() throws Exception {
        hub.write(town -> {
            IntStream.range(0, 260)
                    .forEach(number ->
                            put("done-" + number, "", now.minus(HOUR), now.plus(HOUR.multipliedBy(700)), now));
            put("runs", "", now.minus(HOUR), now.plus(HOUR), null);
            put("comes", "", now.plus(HOUR), now.plus(HOUR.multipliedBy(2)), null);
            put("passed", "", now.minus(HOUR.multipliedBy(3)), now.minus(HOUR.multipliedBy(2)), null);
        });
        assertThat(ids("/api/v1/silences?limit=3")).startsWith("comes", "runs").hasSize(3);
        assertThat(ids("/api/v1/silences?state=running")).containsExactly("runs");
        assertThat(ids("/api/v1/silences?state=coming,running")).containsExactly("comes", "runs");

        List<String> over = new ArrayList<>();
        for (String cursor = ""; !cursor.equals("&cursor=null"); ) {
            JsonNode page = json("/api/v1/silences?state=over&limit=100" + cursor);
            over.addAll(page.path("items").findValuesAsText("id"));
            cursor = "&cursor=" + page.path("next").asText();
        }
        assertThat(over).hasSize(261).doesNotHaveDuplicates().endsWith("passed");
        assertThat(hub.get("/api/v1/silences?state=asleep").statusCode()).isEqualTo(400);
        assertThat(hub.get("/api/v1/silences?cursor=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aTicketsPreviewKnowsOfTheOneThatRunsBehindAThousandThatEnded() throws Exception {
        Instant due = now.plus(HOUR.multipliedBy(2));
        hub.write(town -> {
            town.fleet(now);
            String id = town.ticket(1, SampleScenes.ALL.get(2), "accepted", now.minus(HOUR));
            town.timer("repeat/" + id + "/command-centre", "repeat", id + "/command-centre", due);
            IntStream.range(0, 1_000)
                    .forEach(number ->
                            put("done-" + number, "", now.minus(HOUR), now.plus(HOUR.multipliedBy(700)), now));
            put("runs", "", now.minus(HOUR), now.plus(HOUR.multipliedBy(9)), null);
        });
        assertThat(json("/api/v1/tickets/20261121-0001/preview")
                        .at("/coming/0/reason")
                        .asText())
                .isEqualTo("silence-ends");
    }

    @Test
    void saysInWhichStateItIsAndWhoMayEndIt() throws Exception {
        hub.write(town -> {
            put("own", "140502", now.minus(HOUR), now.plus(HOUR), null);
            put("all", "", now.minus(HOUR), now.plus(HOUR.multipliedBy(2)), null);
            put("over", "140502", now.minus(HOUR), now.plus(HOUR), now);
        });
        assertThat(said()).containsExactly("all running true", "own running true", "over over false");
        assertThat(said(hub.signedIn("wang", Role.VIEWER, "")))
                .containsExactly("all running false", "own running false", "over over false");
        String[] fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", "140502");
        assertThat(said(fengtai)).containsExactly("all running false", "own running true", "over over false");
        assertThat(hub.send("DELETE", "/api/v1/silences/all", "", fengtai).statusCode())
                .isEqualTo(403);
        assertThat(hub.send("DELETE", "/api/v1/silences/own", "", fengtai).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoIsConfinedComesToTheirOwnBehindAThousandOfOthers() throws Exception {
        hub.write(town -> {
            IntStream.range(0, 1_100)
                    .forEach(number -> put("other-" + number, "140525", now, now.plus(HOUR.multipliedBy(9)), now));
            put("own", "140502", now.minus(HOUR.multipliedBy(2)), now.minus(HOUR), null);
        });
        String[] fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", "140502");
        JsonNode first = JSON.readTree(hub.get("/api/v1/silences", fengtai).body());
        assertThat(first.path("items")).isEmpty();
        assertThat(ids("/api/v1/silences?cursor=" + first.path("next").asText(), fengtai))
                .containsExactly("own");
    }

    private void put(String id, String area, Instant from, Instant until, @Nullable Instant ended) {
        hub.database
                .writer()
                .handle()
                .execute(
                        "INSERT INTO silence VALUES (?, 'fire.*', ?, '', '', ?, ?, 'li', 'x', ?, ?, 'silence')",
                        id,
                        area,
                        from.toEpochMilli(),
                        until.toEpochMilli(),
                        ended == null ? null : ended.toEpochMilli(),
                        ended == null ? "" : "li");
    }

    private List<String> said(String... headers) throws Exception {
        List<String> said = new ArrayList<>();
        JSON.readTree(hub.get("/api/v1/silences", headers).body())
                .path("items")
                .forEach(item -> said.add(
                        item.path("id").asText() + " " + item.path("state").asText() + " "
                                + item.path("mayEnd").asText()));
        return said;
    }

    private JsonNode json(String path, String... headers) throws Exception {
        return JSON.readTree(hub.get(path, headers).body());
    }

    private List<String> ids(String path, String... headers) throws Exception {
        return json(path, headers).path("items").findValuesAsText("id");
    }
}
