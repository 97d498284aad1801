package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages over REST: found by any ticket that they tell of, with what became of the last try. */
class DeliveriesRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        Instant now = TimeSource.system().wall();
        hub = TestHub.open(folder);
        hub.write(town -> {
            town.fleet(now);
            town.ticket(1, SampleScenes.ALL.get(0), "accepted", now.minusSeconds(600));
        });
        SampleMessages.lay(hub, now);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void oneThatTellsOfATicketAmongOthersIsFoundByIt() throws Exception {
        assertThat(items("?ticket=" + SampleMessages.FIRST).findValuesAsText("id"))
                .containsExactly("there", "lost", "digest");
        assertThat(items("?ticket=" + SampleMessages.SECOND).findValuesAsText("id"))
                .as("also of a ticket that is not there any more")
                .containsExactly("night", "again", "digest");
        assertThat(items("?state=delivered&ticket=" + SampleMessages.FIRST).findValuesAsText("id"))
                .containsExactly("there", "digest");
    }

    @Test
    void saysWhatBecameOfTheLastTry() throws Exception {
        assertThat(items("?state=waiting"))
                .extracting(item -> item.path("id").asText() + " "
                        + item.at("/lastTry/number").asText() + " "
                        + item.at("/lastTry/detail").asText())
                .containsExactly("night  ", "again 2 status 500 " + SampleMessages.EVIL);
        JsonNode one = JSON.readTree(hub.get("/api/v1/deliveries/lost").body());
        assertThat(one.at("/lastTry/outcome").asText()).isEqualTo("failed");
        assertThat(one.path("lastTry")).isEqualTo(one.path("log").path(6));
    }

    private JsonNode items(String query) throws Exception {
        return JSON.readTree(hub.get("/api/v1/deliveries" + query).body()).path("items");
    }
}
