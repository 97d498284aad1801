package io.fengsui.hub.fleet;

import io.fengsui.protocol.Name;
import io.fengsui.protocol.Place;

/** A camera or sensor, as its edge's inventory tells of it. */
public record SourceInfo(Name name, Place place) {}
