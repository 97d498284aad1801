package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A list of commands shows the first line of each one's description, which therefore is a sentence. */
class HelpTest {
    static Stream<CommandLine> commands() {
        return Stream.of(
                        io.fengsui.edge.app.command.Main.commandLine(),
                        io.fengsui.hub.app.Main.commandLine(),
                        io.fengsui.fieldsim.app.Main.commandLine())
                .flatMap(HelpTest::below);
    }

    private static Stream<CommandLine> below(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(HelpTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysInItsFirstLineWhatTheCommandIsFor(CommandLine line) {
        String[] description = line.getCommandSpec().usageMessage().description();
        assertThat(description).as(line.getCommandSpec().qualifiedName()).isNotEmpty();
        assertThat(description[0]).as(line.getCommandSpec().qualifiedName()).matches(".*[^,:;]");
    }
}
