package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.protocol.wire.v1.Answer;
import io.fengsui.protocol.wire.v1.Replayed;
import io.fengsui.protocol.wire.v1.ReplayedRule;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an edge may not say of a replay. */
class AnswerTest {
    @Test
    void countsBelowNothingAreNamed() {
        List<Replayed> wrong = List.of(
                Replayed.newBuilder().setPictures(-1).build(),
                Replayed.newBuilder().setMoreDifferences(-1).build(),
                Replayed.newBuilder()
                        .addRules(ReplayedRule.newBuilder().setRule("river").setWas(-2))
                        .build());
        for (Replayed replayed : wrong) {
            Answer answer = Answer.newBuilder()
                    .setQuestionId(UUID.randomUUID().toString())
                    .setReplayed(replayed)
                    .build();
            assertThatThrownBy(() -> WireDownlink.fromMessage(answer))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("replayed")
                    .hasMessageContaining("0 or more");
        }
    }
}
