package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.UnfitDatabaseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that begins with the configuration, ends there when it is bad, and tells what goes wrong in one line. */
abstract class ConfiguredCommand implements Callable<Integer> {
    /** Exit status when it went wrong. */
    static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ConfigOption config;

    @Override
    public final Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            HubConfig.Outcome outcome = load(config);
            if (outcome.settings() == null) {
                err.println(outcome.problems());
                return ConfigOption.BAD;
            }
            return run(outcome.settings(), out, err);
        } catch (NoSuchFileException e) {
            return failed(err, "there is no file " + e.getMessage());
        } catch (FileAlreadyExistsException e) {
            return failed(err, e.getMessage() + " exists already: name another file");
        } catch (IOException | SQLException | StartFailedException | UnfitDatabaseException e) {
            return failed(err, String.valueOf(e.getMessage()));
        } finally {
            out.flush();
            err.flush();
        }
    }

    static int failed(PrintWriter err, String why) {
        err.println("central-hub: " + why);
        return FAILED;
    }

    /** The file as it is; a start takes the last good one where this is bad. */
    HubConfig.Outcome load(ConfigOption option) {
        return option.check();
    }

    /** Its exit status. */
    abstract int run(HubSettings settings, PrintWriter out, PrintWriter err)
            throws IOException, SQLException, InterruptedException;

    ConfigOption config() {
        return config;
    }

    /** What it is called on the command line. */
    String name() {
        return spec.name();
    }
}
