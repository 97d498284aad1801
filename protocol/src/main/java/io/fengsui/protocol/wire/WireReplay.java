package io.fengsui.protocol.wire;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.wire.v1.ReplayDifference;
import io.fengsui.protocol.wire.v1.ReplayRules;
import io.fengsui.protocol.wire.v1.Replayed;
import io.fengsui.protocol.wire.v1.ReplayedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Questions about changed rules, and what comes back. Pure. */
final class WireReplay {
    private WireReplay() {}

    static ReplayRules toMessage(Question.ReplayRules replay) {
        return ReplayRules.newBuilder()
                .setRulesYaml(replay.yaml())
                .setSinceUnixMillis(replay.since().toEpochMilli())
                .build();
    }

    static Question.ReplayRules fromMessage(ReplayRules message) {
        return new Question.ReplayRules(message.getRulesYaml(), Fields.millis(message.getSinceUnixMillis()));
    }

    static Replayed toMessage(Answer.Replayed replayed) {
        Replayed.Builder message = Replayed.newBuilder()
                .setFromUnixMillis(replayed.from().toEpochMilli())
                .setToUnixMillis(replayed.to().toEpochMilli())
                .setPictures(replayed.pictures())
                .setReadings(replayed.readings())
                .setDamagedSegments(replayed.damaged())
                .setMoreDifferences(replayed.more());
        for (Answer.Replayed.Rule rule : replayed.rules()) {
            message.addRules(ReplayedRule.newBuilder()
                    .setRule(rule.rule())
                    .setWould(rule.would())
                    .setWas(rule.was()));
        }
        for (Answer.Replayed.Difference one : replayed.differences()) {
            message.addDifferences(ReplayDifference.newBuilder()
                    .setWould(one.would())
                    .setAtUnixMillis(one.at().toEpochMilli())
                    .setRule(one.rule())
                    .setSubject(one.subject())
                    .setSeverity(one.severity().name().toLowerCase(Locale.ROOT)));
        }
        return message.build();
    }

    static Answer.Replayed fromMessage(Replayed message) {
        List<Answer.Replayed.Rule> rules = message.getRulesList().stream()
                .map(rule -> new Answer.Replayed.Rule(rule.getRule(), rule.getWould(), rule.getWas()))
                .toList();
        List<Answer.Replayed.Difference> differences = new ArrayList<>();
        for (ReplayDifference one : message.getDifferencesList()) {
            differences.add(new Answer.Replayed.Difference(
                    one.getWould(),
                    Fields.millis(one.getAtUnixMillis()),
                    one.getRule(),
                    one.getSubject(),
                    Severity.valueOf(one.getSeverity().toUpperCase(Locale.ROOT))));
        }
        return new Answer.Replayed(
                Fields.millis(message.getFromUnixMillis()),
                Fields.millis(message.getToUnixMillis()),
                message.getPictures(),
                message.getReadings(),
                message.getDamagedSegments(),
                rules,
                differences,
                message.getMoreDifferences());
    }
}
