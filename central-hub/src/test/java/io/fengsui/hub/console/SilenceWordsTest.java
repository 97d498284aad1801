package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a silence or announced work is refused, whole in each language: the Chinese answer ended with an English reason. */
class SilenceWordsTest {
    /** An English sentence, and no key, kind or time of the request. */
    private static final String ENGLISH = "(?s).*[A-Za-z]+ [A-Za-z]+ [A-Za-z]+.*";

    private TestHub hub;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private void refused(String list, String body, String zh, String en) throws Exception {
        HttpResponse<String> answer = hub.post(
                "/api/v1/" + list, body, "content-type", "application/json", "accept-language", "zh-CN,zh;q=0.9");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("detail").asText())
                .isEqualTo(problem.at("/zh/detail").asText())
                .contains(zh)
                .doesNotMatch(ENGLISH);
        assertThat(problem.at("/en/detail").asText())
                .contains(en)
                .matches(text -> text.chars().noneMatch(Character::isIdeographic));
    }

    private void both(String body, String zh, String en) throws Exception {
        refused("silences", body, "静默无效:" + zh, en);
        refused("maintenance", body, "施工检修无效:" + zh, en);
    }

    @Test
    void eachReasonIsWholeInBothLanguages() throws Exception {
        both("{\"comment\": \"x\"}", "未限定范围", "a silence of everything is none");
        both("{\"kinds\": [\"Fire\"], \"comment\": \"x\"}", "kinds 应为类别", "not Fire");
        both("{\"kinds\": [\"a.b\"], \"comment\": \" \"}", "请写明原因", "it needs a comment");
        both("{\"kinds\": [\"a.b\"]}", "请写明原因", "it needs a comment");
        both("{\"kinds\": [\"a.b\"], \"comment\": \"\\u0007\"}", "原因(comment)最长", "no control character");
        both(
                "{\"kinds\": [\"a.b\"], \"comment\": \"x\", \"from\": \"tomorrow\"}",
                "from 应为 UTC 时间",
                "from is a time in UTC");
        both(
                "{\"kinds\": [\"a.b\"], \"comment\": \"x\", \"from\": \"+1000000000-12-31T23:59:59Z\"}",
                "from 应为 UTC 时间",
                "from is a time in UTC");
        both(
                "{\"kinds\": [\"a.b\"], \"comment\": \"x\", \"until\": \"2026-13-01T00:00:00Z\"}",
                "until 应为 UTC 时间",
                "until is a time in UTC");
        both(
                "{\"kinds\": [\"a.b\"], \"comment\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}",
                "结束(until)须晚于开始",
                "it ends (until) after it begins");
        refused(
                "maintenance",
                "{\"areas\": [\"140502\"], \"comment\": \"x\"}",
                "须填写类别(kinds,不可为 *)",
                "announced work names kinds");
        refused(
                "maintenance",
                "{\"kinds\": [\"*\"], \"comment\": \"x\"}",
                "须填写类别(kinds,不可为 *)",
                "announced work names kinds");
        refused(
                "maintenance",
                "{\"kinds\": [\"fire.smoke\"], \"comment\": \"x\"}",
                "kinds:fire.smoke 关乎生命安全",
                "lives hang on fire.smoke");
        refused("maintenance", "{\"ticket\": \"x\", \"comment\": \"x\"}", "字段 ticket 未知", "the field ticket");
        refused("silences", "{\"kinds\": \"a.b\", \"comment\": \"x\"}", "字段 kinds 未知", "the field kinds");
        refused("silences", "[]", "应为一个 JSON 对象", "expected a JSON object");
        refused("silences", "{", "不是有效的 JSON", "this is no JSON");
    }
}
