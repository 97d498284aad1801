package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.access.AccessQueries;
import io.fengsui.hub.store.query.FactChains;
import io.fengsui.hub.ticket.audit.ChainCheck;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code central-hub audit verify}: exit status 0 when every row is as it was written, 1 when one is not. */
@Command(
        name = "audit",
        description = "Looks whether the history of tickets and the audit are as they were written.",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.Verify.class)
final class AuditCommand {
    private static final int SHOWN = 100;

    @Command(
            name = "verify",
            description = "Computes the hashes of all facts and audit rows again and names what differs.",
            mixinStandardHelpOptions = true)
    static final class Verify extends ConfiguredCommand {
        @Override
        int run(HubSettings settings, PrintWriter out, PrintWriter err) {
            ChainCheck check = new ChainCheck();
            AccessQueries.Verified audit;
            try (HubDatabase database = HubDatabase.open(settings.storage().database(), 1)) {
                new FactChains(database.reader()).check(check);
                audit = new AccessQueries(database.reader()).verify();
            }
            check.findings().stream()
                    .limit(SHOWN)
                    .forEach(finding -> err.println("ticket=" + finding.ticket() + " fact=" + finding.version() + " "
                            + finding.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')));
            audit.broken().ifPresent(number -> err.println("audit=" + number + " chain-broken"));
            out.println(check.tickets() + " tickets, " + check.facts() + " facts, "
                    + check.findings().size() + " tickets with a fault, " + audit.rows() + " audit rows");
            return check.findings().isEmpty() && audit.broken().isEmpty() ? 0 : 1;
        }
    }
}
