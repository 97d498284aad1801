package io.fengsui.rules.reader;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.rules.RuleScope;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

class RuleReaderFuzzTest {
    @FuzzTest
    void bearsAnyFile(byte[] bytes) {
        RuleScope scope = new RuleScope(
                Map.of("a", java.util.List.of("z")), Map.of("s", Set.of("level")), Set.of("person", "car"));
        SettingsFile.parse("fuzz.yaml", Path.of("."), bytes, _ -> null, new Problems())
                .ifPresent(root -> {
                    ZoneReader.read(root);
                    RuleReader.read(root, scope);
                });
    }
}
