/**
 * Actions at the edge itself: a loudspeaker that speaks, a siren that sounds, over MQTT. Needs neither hub nor disk.
 *
 * <p>Events in, MQTT messages out. Thread {@code action}. Imports the broker client of {@code sensor} and {@code decide}'s
 * {@code EventTap}; must not import ring or later.
 */
@NullMarked
package io.fengsui.edge.action;

import org.jspecify.annotations.NullMarked;
