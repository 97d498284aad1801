package io.fengsui.edge.app;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.protocol.Sha256;

/** The configuration in force, and the hash of its file. */
record Configuration(AgentSettings settings, Sha256 hash) {}
