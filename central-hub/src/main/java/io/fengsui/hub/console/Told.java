package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Reach;
import java.util.function.Predicate;

/** A thing that changed, as it is now, and who may be told of it. */
record Told(ObjectNode json, Predicate<Reach> isSeen) {}
