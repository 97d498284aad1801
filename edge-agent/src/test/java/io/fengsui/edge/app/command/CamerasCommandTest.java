package io.fengsui.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Which cameras to set, and why, as it is read by whoever stands in front of the cabinet. */
class CamerasCommandTest {
    private static final String STATUS = """
            {"cameras": [
              {"id": "street", "state": "streaming", "quarantined": false, "gate": {"mode": "auto", "trusted": true,
               "trustReason": "agreed", "light": "colour", "agreeing": 12, "needed": 12, "leastArea": 0.0042, "duty": 0.031,
               "lastOpening": "size", "audits": 40, "missed": 0, "advice": "none", "adviceText": ""}},
              {"id": "yard", "state": "streaming", "quarantined": false, "gate": {"mode": "auto", "trusted": false,
               "trustReason": "noisy", "light": "colour", "agreeing": 0, "needed": 12, "leastArea": 0.0513, "duty": 0.05,
               "lastOpening": "luma", "audits": 31, "missed": 1, "advice": "capped_vbr", "adviceText": "set capped VBR 设为"}},
              {"id": "pond", "state": "streaming", "quarantined": true, "gate": {"mode": "every-5", "trusted": false,
               "trustReason": "learning", "light": "colour", "agreeing": 0, "needed": 12, "leastArea": 1, "duty": 0,
               "lastOpening": "", "audits": 0, "missed": 0, "advice": "none", "adviceText": ""}},
              {"id": "new", "state": "offline", "quarantined": false, "gate": {"mode": "auto", "trusted": false,
               "trustReason": "stream", "light": "colour", "agreeing": 3, "needed": 12, "leastArea": 1, "duty": 0,
               "lastOpening": "", "audits": 0, "missed": 0, "advice": "wait", "adviceText": "nothing to do yet"}}
            ]}""";

    private static String shown(boolean isUntrustedOnly, boolean isCappedVbrOnly) throws Exception {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        CamerasCommand.show(new ObjectMapper().readTree(STATUS), isUntrustedOnly, isCappedVbrOnly, out);
        out.flush();
        return said.toString();
    }

    @Test
    void saysOfEachWhetherItsSizesAreTrustedWhyNotAndWhatToDo() throws Exception {
        assertThat(shown(false, false).lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "CAMERA | STATE | GATE | SIZES | WHY | LIGHT | AREA | DUTY | LAST | MISSED | WHAT TO DO",
                        "street | streaming | auto | trusted | agreed | colour | 0.42% | 3.1% | size | 0/40",
                        "yard | streaming | auto | not trusted | noisy 0/12 | colour | 5.13% | 5.0% | luma | 1/31 | set capped VBR 设为",
                        "pond | quarantined | every-5 | not used | - | - | - | 0.0% | - | 0/0",
                        "new | offline | auto | not trusted | stream 3/12 | colour | - | 0.0% | - | 0/0 | nothing to do yet",
                        "4 cameras, sizes of 1 are trusted, 1 should be set to capped VBR; shown: 4");
    }

    @Test
    void listsThoseThatShouldBeSetToCappedVbr() throws Exception {
        assertThat(shown(false, true).lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("yard"))
                .last()
                .isEqualTo("4 cameras, sizes of 1 are trusted, 1 should be set to capped VBR; shown: 1");
    }

    @Test
    void listsThoseThatAreNotTrustedThoughSizesCouldBeUsed() throws Exception {
        assertThat(shown(true, false).lines())
                .filteredOn(line -> !line.startsWith("CAMERA"))
                .extracting(line -> line.split(" ")[0])
                .containsExactly("yard", "new", "4");
    }

    @Test
    void saysSoWhereThereIsNone() throws Exception {
        assertThat(shown(true, true).lines()).hasSize(3);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        CamerasCommand.show(new ObjectMapper().readTree("{\"cameras\": []}"), false, false, out);
        out.flush();
        assertThat(said.toString().strip())
                .isEqualTo("0 cameras, sizes of 0 are trusted, 0 should be set to capped VBR; shown: 0");
    }
}
