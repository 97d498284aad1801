package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.gate.trust.TrustAdvice;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edge-agent cameras}. */
@Command(
        name = "cameras",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the running agent's cameras: whether their sizes are trusted and why not, their duty (share of the time",
            "awake), why each woke up last, what the gate missed of what was audited, and what to set at the camera."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CamerasCommand implements Callable<Integer> {
    private static final List<String> HEADS =
            List.of("CAMERA", "STATE", "GATE", "SIZES", "WHY", "LIGHT", "AREA", "DUTY", "LAST", "MISSED", "WHAT TO DO");

    @Mixin
    private ConfigOption config;

    @Option(names = "--untrusted", description = "Only those whose sizes are not trusted.")
    private boolean isUntrustedOnly;

    @Option(names = "--capped-vbr", description = "Only those that should be set to capped VBR.")
    private boolean isCappedVbrOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return config.ask(new ControlRequest.Status(), spec.commandLine(), 1, this::show);
    }

    private void show(JsonNode body, PrintWriter out) {
        show(body, isUntrustedOnly, isCappedVbrOnly, out);
    }

    static void show(JsonNode body, boolean isUntrustedOnly, boolean isCappedVbrOnly, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        int trusted = 0;
        int cappedVbr = 0;
        for (JsonNode camera : body.path("cameras")) {
            JsonNode gate = camera.path("gate");
            boolean isForVbr = TrustAdvice.labelled(gate.path("advice").asText())
                    .map(TrustAdvice::isForCappedVbr)
                    .orElse(false);
            trusted += gate.path("trusted").asBoolean() ? 1 : 0;
            cappedVbr += isForVbr ? 1 : 0;
            boolean isUntrusted = isAuto(gate) && !gate.path("trusted").asBoolean();
            if ((isUntrusted || !isUntrustedOnly) && (isForVbr || !isCappedVbrOnly)) {
                rows.add(row(camera, gate));
            }
        }
        if (!rows.isEmpty()) {
            print(rows, out);
        }
        out.println("%d cameras, sizes of %d are trusted, %d should be set to capped VBR; shown: %d"
                .formatted(body.path("cameras").size(), trusted, cappedVbr, rows.size()));
    }

    private static boolean isAuto(JsonNode gate) {
        return gate.path("mode").asText().equals("auto");
    }

    private static List<String> row(JsonNode camera, JsonNode gate) {
        String state = camera.path("quarantined").asBoolean()
                ? "quarantined"
                : camera.path("state").asText();
        List<String> row = new ArrayList<>(
                List.of(camera.path("id").asText(), state, gate.path("mode").asText()));
        if (isAuto(gate)) {
            boolean isLearning = !gate.path("trusted").asBoolean();
            String progress = " " + gate.path("agreeing").asInt() + "/"
                    + gate.path("needed").asInt();
            row.addAll(List.of(
                    isLearning ? "not trusted" : "trusted",
                    gate.path("trustReason").asText() + (isLearning ? progress : ""),
                    gate.path("light").asText(),
                    area(gate.path("leastArea").asDouble())));
        } else {
            row.addAll(List.of("not used", "-", "-", "-"));
        }
        long audits = gate.path("audits").asLong();
        String last = gate.path("lastOpening").asText();
        row.add(percent(gate.path("duty").asDouble(), 1));
        row.add(last.isEmpty() ? "-" : last);
        row.add(gate.path("missed").asLong() + "/" + audits);
        row.add(gate.path("adviceText").asText());
        return row;
    }

    /** Nothing is known while sizes show only what changes the whole picture. */
    private static String area(double least) {
        return least >= 1 ? "-" : percent(least, 2);
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f%%", 100 * share);
    }

    /** Columns as wide as what stands in them; the last one, which may have wide characters, has no width. */
    private static void print(List<List<String>> rows, PrintWriter out) {
        List<List<String>> all = new ArrayList<>(List.of(HEADS));
        all.addAll(rows);
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = all.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
                boolean isLast = column == row.size() - 1;
                line.append(isLast ? row.get(column) : String.format("%-" + width + "s  ", row.get(column)));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
