package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check-config} warns in time of years whose holidays nobody has entered; the shipped calendar ends with 2026. */
class CheckConfigTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "2026-06-01, ''",
        "2026-11-16, ''",
        "2026-11-17, 2027",
        "2027-03-01, 2027",
        "2027-12-31, 2027 2028",
    })
    void warnsOfYearsWhoseHolidaysAreNotKnown(LocalDate today, String years) {
        StringWriter out = new StringWriter();
        Main.CheckConfig.warnOfHolidays(TestTown.settings(folder), today, new PrintWriter(out));
        String[] expected = years.isEmpty() ? new String[0] : years.split(" ");

        assertThat(out.toString().lines()).hasSize(expected.length);
        for (String year : expected) {
            assertThat(out.toString()).contains("those of " + year + " are not known", "calendar/" + year + ".yaml");
        }
    }
}
