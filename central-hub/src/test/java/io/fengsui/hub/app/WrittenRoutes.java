package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hub's OpenAPI text, held against what the hub answers: each answer has to be written, with its status, its shape and, for a
 * problem, its type. Remembers what was seen.
 */
final class WrittenRoutes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With HTTP/2 the JDK's client sometimes cannot read a large first answer over plain TCP. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, Set<String>> seen = new TreeMap<>();
    private final String base;
    private final String token;
    private final JsonNode text;

    /** @param base {@code http://host:port} */
    WrittenRoutes(String base, String token) throws Exception {
        this.base = base;
        this.token = token;
        this.text = new ObjectMapper(new YAMLFactory())
                .readTree(send("GET", "/api/openapi.yaml", "").body());
    }

    /** What was seen of an operation: {@code success}, and types of problems. */
    Set<String> seen(String operation) {
        return seen.getOrDefault(operation, Set.of());
    }

    /** The types of problems that are written of an operation. */
    Set<String> problems(String operation) {
        Set<String> written = new TreeSet<>();
        operation(operation).path("x-problems").forEach(type -> written.add(type.asText()));
        return written;
    }

    /** Sends it, and compares with what was expected and with what is written. */
    HttpResponse<String> ask(String method, String path, String body, String expected, String... headers)
            throws Exception {
        HttpResponse<String> answer = send(method, path, body, headers);
        String operation = operationOf(method, path);
        String what = method + " " + path + " " + body + " -> " + answer.statusCode() + " " + answer.body();
        JsonNode written = operation(operation).path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(written.isObject()).as("not written: " + what).isTrue();
        if (answer.statusCode() < 300) {
            assertThat(Integer.toString(answer.statusCode())).as(what).isEqualTo(expected);
            JsonNode schema = written.path("content").path("application/json").path("schema");
            if (schema.isObject()) {
                assertThat(faults((ObjectNode) schema.deepCopy(), answer.body()))
                        .as(what)
                        .isEmpty();
            }
            note(operation, "success");
            return answer;
        }
        JsonNode problem = JSON.readTree(answer.body());
        String type = problem.path("type").asText().replace("urn:fengsui:problem:", "");
        assertThat(answer.statusCode() + " " + type).as(what).isEqualTo(expected);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        assertThat(faults(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), answer.body()))
                .as(what)
                .isEmpty();
        assertThat(problems(operation)).as(what).contains(type);
        note(operation, type);
        return answer;
    }

    private List<String> faults(ObjectNode schema, String body) {
        schema.set("components", text.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private void note(String operation, String what) {
        seen.computeIfAbsent(operation, key -> new TreeSet<>()).add(what);
    }

    List<String> changing() {
        List<String> all = new ArrayList<>();
        text.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("get")) {
                        all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return all;
    }

    JsonNode operation(String operation) {
        String[] parts = operation.split(" ", 2);
        return text.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    private String operationOf(String method, String path) {
        String plain = path.replaceAll("\\?.*", "");
        return changing().stream()
                .filter(one -> one.startsWith(method + " "))
                .filter(one -> plain.matches(one.substring(method.length() + 1).replace("{id}", "[^/]+")))
                .findFirst()
                .orElseThrow();
    }

    /** Signs somebody in: the header by which their requests are known. */
    String[] session(String name, String password) throws Exception {
        String form = "user=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
        String cookie = send("POST", "/login", form, "content-type", "application/x-www-form-urlencoded")
                .headers()
                .firstValue("set-cookie")
                .orElseThrow();
        return new String[] {"cookie", cookie.substring(0, cookie.indexOf(';'))};
    }

    /** These headers, and an idempotency key. */
    static String[] keyed(String[] headers, String key) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("idempotency-key", key));
        return all.toArray(String[]::new);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        Map<String, String> all = new TreeMap<>(Map.of("content-type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        if (!all.containsKey("cookie")) {
            all.putIfAbsent("authorization", "Bearer " + token);
        }
        all.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
