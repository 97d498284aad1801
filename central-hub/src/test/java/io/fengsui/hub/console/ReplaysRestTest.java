package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays over REST: who may, for which edges, and what is no question. No edge answers here. */
class ReplaysRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] BEARER = {
        "authorization", "Bearer 0123456789abcdef", "content-type", "application/json"
    };
    private static final String OWN = "/api/v1/edges/edge-fengtai-01/replays";
    private static final String FOREIGN = "/api/v1/edges/edge-gaodu-01/replays";
    private static final String RULES = "{\"rules\": \"rules: []\"}";

    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = new TestHub(folder, TokenCheck.of("0123456789abcdef"), ConsoleSettings.DEFAULT, 0);
        hub.write(town -> town.fleet(TimeSource.system().wall()));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void isForEdgesWithinReachAndInTheAudit() throws Exception {
        String[] session = hub.signedIn("fengtai", Role.SUPERVISOR, "", "140502");
        HttpResponse<String> own = post(session, OWN);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(202);
        assertThat(post(session, FOREIGN).statusCode()).isEqualTo(404);
        assertThat(post(session, "/api/v1/edges/nobody/replays").statusCode()).isEqualTo(404);

        HttpResponse<String> foreign = hub.post(FOREIGN, RULES, BEARER);
        assertThat(foreign.statusCode()).isEqualTo(202);
        assertThat(hub.get(replay(foreign), BEARER).statusCode()).isEqualTo(200);
        assertThat(hub.get(replay(foreign), session).statusCode()).isEqualTo(404);
        JsonNode failed = JSON.readTree(hub.get(replay(own), session).body());
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("reason").asText()).isEqualTo("no edge here");

        JsonNode audit = JSON.readTree(
                        hub.get("/api/v1/audit?actor=fengtai", BEARER).body())
                .path("items");
        assertThat(audit.findValuesAsText("action")).contains("POST /api/v1/edges/{id}/replays");
        assertThat(audit.findValuesAsText("subject")).contains("edge-fengtai-01", "edge-gaodu-01");
        assertThat(audit.findValuesAsText("outcome")).contains("202", "404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"rules\": \"\"}",
                "{\"rules\": [\"rules: []\"]}",
                "{\"rules\": \"rules: []\", \"since\": \"yesterday\"}",
                "{\"rules\": \"rules: []\", \"since\": \"32d\"}"
            })
    void refusesWhatIsNoQuestion(String body) throws Exception {
        assertThat(hub.post(OWN, body, BEARER).statusCode()).isEqualTo(400);
    }

    @Test
    void takesAllTheRulesThatASiteMayHaveAndNoMore() throws Exception {
        assertThat(hub.post(OWN, "{\"rules\": \"" + "#".repeat(256 << 10) + "\"}", BEARER)
                        .statusCode())
                .isEqualTo(202);
        assertThat(hub.post(OWN, "{\"rules\": \"" + "#".repeat((256 << 10) + 1) + "\"}", BEARER)
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> post(String[] session, String path) throws Exception {
        return hub.post(path, RULES, session[0], session[1], "content-type", "application/json");
    }

    private static String replay(HttpResponse<String> started) throws Exception {
        return "/api/v1/replays/" + JSON.readTree(started.body()).path("id").asText();
    }
}
