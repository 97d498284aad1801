package io.fengsui.edge.app;

import java.util.Optional;

/** The program's own version, from the jar's manifest. */
public final class AgentVersion {
    public static final String TEXT = Optional.ofNullable(
                    AgentVersion.class.getPackage().getImplementationVersion())
            .orElse("development");

    private AgentVersion() {}
}
