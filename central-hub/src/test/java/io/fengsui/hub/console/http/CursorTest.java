package io.fengsui.hub.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;

/** Cursors come back as they were given out, and whatever else comes is refused, never believed. */
class CursorTest {
    @Test
    void comesBackAsItWas() {
        Cursor cursor = Cursor.at("tickets", 1_795_303_735_740L, "20261121-0073");

        assertThat(Cursor.decode("tickets", cursor.encode())).isEqualTo(cursor);
        assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    }

    @FuzzTest(maxDuration = "10s")
    void refusesOrUnderstandsWhateverComes(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Cursor cursor = Cursor.decode("tickets", text);
            assertThat(cursor.list()).isEqualTo("tickets");
            assertThat(cursor.number()).isEqualTo(Long.parseLong(cursor.key()));
        } catch (ProblemException e) {
            assertThat(e.problem().type()).isEqualTo(ProblemType.BAD_CURSOR);
        }
    }
}
