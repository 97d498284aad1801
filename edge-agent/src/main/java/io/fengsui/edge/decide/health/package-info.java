/**
 * Health of the site's parts as events: outages that outlast the patience, sensors that fall silent, and their ends.
 *
 * <p>States of cameras, brokers and vision, and ticks in; health events out. Thread {@code decide}. Must not import its
 * parent.
 */
@NullMarked
package io.fengsui.edge.decide.health;

import org.jspecify.annotations.NullMarked;
