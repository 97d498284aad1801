package io.fengsui.hub.fleet;

import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;

/** A camera or sensor, as its edge's inventory tells of it. */
public record SourceInfo(Name name, Place place) {}
