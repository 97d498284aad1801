package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.FactChains;
import io.fengsui.hub.ticket.audit.ChainCheck;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code central-hub audit verify}: exit status 0 when every fact is as it was written, 1 when one is not. */
@Command(
        name = "audit",
        description = "Looks whether the history of tickets is as it was written.",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.Verify.class)
final class AuditCommand {
    private static final int SHOWN = 100;

    @Command(
            name = "verify",
            description = "Computes the hashes of all facts again and names what differs.",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private ConfigOption config;

        @Override
        public Integer call() {
            HubSettings settings = config.settings(spec.commandLine());
            PrintWriter err = spec.commandLine().getErr();
            if (settings == null) {
                return ConfigOption.BAD;
            }
            ChainCheck check = new ChainCheck();
            try (HubDatabase database = HubDatabase.open(settings.storage().database(), 1)) {
                new FactChains(database.reader()).check(check);
            }
            check.findings().stream()
                    .limit(SHOWN)
                    .forEach(finding -> err.println("ticket=" + finding.ticket() + " fact=" + finding.version() + " "
                            + finding.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')));
            PrintWriter out = spec.commandLine().getOut();
            out.println(check.tickets() + " tickets, " + check.facts() + " facts, "
                    + check.findings().size() + " tickets with a fault");
            out.flush();
            err.flush();
            return check.findings().isEmpty() ? 0 : 1;
        }
    }
}
