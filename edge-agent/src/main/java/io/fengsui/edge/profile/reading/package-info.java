/**
 * Reads messages by profiles.
 *
 * <p>Topic, payload and time of arrival in; readings, presence, learned topics, questions to the device and refusals out.
 * Pure but for {@code DeviceMemory}, which is confined to the broker's thread. Must not import sensor or later.
 */
@NullMarked
package io.fengsui.edge.profile.reading;

import org.jspecify.annotations.NullMarked;
