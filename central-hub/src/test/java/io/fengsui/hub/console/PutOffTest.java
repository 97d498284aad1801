package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Name;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is put off hears when to come again; whoever names an area that is not there hears which. */
class PutOffTest {
    private static final String REPORT = "{\"kind\": \"fire.smoke\", \"text\": \"浓烟\"}";

    private TestHub hub;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        AreaBook areas = new AreaBook(List.of(
                new Area("1405", AreaLevel.CITY, new Name("晋城", "Jincheng"), "", "", null),
                new Area("140525", AreaLevel.TOWN, new Name("高都镇", "Gaodu"), "1405", "", null)));
        hub = new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0, areas);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return hub.send(method, path, body, "content-type", "application/json");
    }

    @Test
    void theHubSaysWhenItExpectsToBeDoneWithWhatWaits() throws Exception {
        hub.isWriting = false;
        hub.busyFor = Duration.ofMillis(1_500);
        HttpResponse<String> soon = send("POST", "/api/v1/reports", REPORT);
        assertThat(soon.statusCode()).isEqualTo(503);
        assertThat(soon.headers().firstValue("retry-after")).hasValue("2");

        hub.busyFor = Duration.ofSeconds(30);
        assertThat(send("POST", "/api/v1/reports", REPORT).headers().firstValue("retry-after"))
                .hasValue("30");
        hub.busyFor = Duration.ZERO;
        assertThat(send("POST", "/api/v1/reports", REPORT).headers().firstValue("retry-after"))
                .as("never at once")
                .hasValue("1");

        hub.isWriting = true;
        HttpResponse<String> taken = send("POST", "/api/v1/reports", REPORT);
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void anAccountIsConfinedToAreasThatThereAre() throws Exception {
        String li = "{\"name\": \"li\", \"role\": \"dispatcher\", \"password\": \"晋城-beacon-17\", \"areas\": [%s]}";
        HttpResponse<String> typo = send("POST", "/api/v1/users", li.formatted("\"140525\", \"140252\""));
        assertThat(typo.statusCode()).isEqualTo(400);
        assertThat(typo.body()).contains("there is no area or unit 140252;").contains("没有区域或单位 140252");
        assertThat(send("POST", "/api/v1/users", li.formatted("\"140525\"")).statusCode())
                .isEqualTo(201);
        assertThat(send("PATCH", "/api/v1/users/li", "{\"areas\": [\"14\"]}").statusCode())
                .as("a beginning of codes is no area")
                .isEqualTo(400);
    }

    /** After an import of places an area may be gone: what does not name areas can still be changed. */
    @Test
    void anAccountWhoseAreaIsGoneCanStillBeDisabled() throws Exception {
        hub.signedIn("li", Role.DISPATCHER, "", "999");
        assertThat(send("PATCH", "/api/v1/users/li", "{\"disabled\": true}").statusCode())
                .isEqualTo(200);
    }
}
