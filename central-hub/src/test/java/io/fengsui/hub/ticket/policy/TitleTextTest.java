package io.fengsui.hub.ticket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.Name;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people call a kind: what the titles of its tickets begin with. */
class TitleTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            烟感报警：{place} {source} | Smoke: {place} {source} | 烟感报警 | Smoke
            视频识别停止，摄像机无人看守：{site}（{source}） | Video recognition failed, cameras unwatched: {site} | 视频识别停止，摄像机无人看守 | Video recognition failed, cameras unwatched
            设备健康告警（{kind}） | {kind} ({source}) | 设备健康告警 | 设备健康告警
            水位告警 - {place} | Water level ({place}) | 水位告警 | Water level
            {kind}：{place} | {kind}: {place} | '' | ''
            求助 | Help | 求助 | Help
            """)
    void isWhatStandsBeforeTheFirstParticular(String zh, String en, String nameZh, String nameEn) {
        assertThat(TitleText.beginning(new Name(zh, en))).isEqualTo(new Name(nameZh, nameEn));
    }
}
