package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fengsui.hub.ticket.workflow.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI text against the running hub: the same routes, and answers that are what it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestHub hub;
    private JsonNode text;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        Instant opened = Instant.parse("2026-11-21T08:00:00Z");
        hub.write(town -> {
            town.fleet(opened);
            for (int i = 0; i < 12; i++) {
                town.ticket(i + 1, SampleScenes.ALL.get(i % 7), SampleTown.state(i), opened);
            }
        });
        hub.signedIn("li", Role.UNIT, "fire", "140502");
        text = new ObjectMapper(new YAMLFactory())
                .readTree(hub.get("/api/openapi.yaml").body());
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void namesExactlyTheRoutesOfTheApi() {
        Set<String> written = new TreeSet<>();
        text.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                written.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        Set<String> bound = new TreeSet<>();
        hub.routes.stream()
                .filter(route -> route.path().startsWith("/api/v1/"))
                .forEach(route -> bound.add(route.method() + " " + route.path()));
        assertThat(written).isEqualTo(bound);
        assertThat(text.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tickets, TicketPage",
        "/api/v1/tickets/20261121-0001, TicketDetail",
        "/api/v1/tickets/20261121-0004, TicketDetail",
        "/api/v1/tickets?limit=x, Problem",
        "/api/v1/events, EventPage",
        "/api/v1/events/01939a00-0000-7000-8000-000000000001, EventDetail",
        "/api/v1/summary, Summary",
        "/api/v1/edges, EdgePage",
        "/api/v1/units, Units",
        "/api/v1/deliveries, DeliveryPage",
        "/api/v1/tickets/20261121-0001/preview, Preview",
        "/api/v1/tickets/none/preview, Problem",
        "/api/v1/deliveries?state=dead&limit=5, DeliveryPage",
        "/api/v1/deliveries/none, Problem",
        "/api/v1/silences, SilencePage",
        "/api/v1/maintenance?state=running, MaintenancePage",
        "/api/v1/names?of=sources&text=fire, NamedThings",
        "/api/v1/names?of=kinds, NamedThings",
        "/api/v1/names?of=tickets, Problem",
        "/api/v1/names?text=fire, Problem",
        "/api/v1/me, Me",
        "/api/v1/patrols, PatrolPage",
        "/api/v1/patrols/none, Problem",
        "/api/v1/patrol-figures, PatrolFigures",
        "/api/v1/patrol-figures?from=yesterday, Problem",
        "/api/v1/users, Users",
        "/api/v1/audit, AuditPage",
        "/api/v1/figures?by=grid&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z, Figures",
        "/api/v1/figures?from=yesterday, Problem",
        "/api/v1/cameras, DevicePage",
        "/api/v1/sensors, DevicePage",
        "/nothing, Problem",
    })
    void answersAreWhatItSays(String path, String schema) throws Exception {
        String body = hub.get(path).body();
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$ref", "#/components/schemas/" + schema);
        whole.set("components", text.path("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);

        assertThat(compiled.validate(body, InputFormat.JSON)).as(body).isEmpty();
        assertThat(compiled.validate("{\"surprise\": 1}", InputFormat.JSON)).isNotEmpty();
    }
}
