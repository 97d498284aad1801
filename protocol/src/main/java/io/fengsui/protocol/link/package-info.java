/**
 * The words of the conversation between edge and hub: greeting, lanes and positions, records, orders, questions and
 * answers. Imports {@code protocol} only.
 */
@NullMarked
package io.fengsui.protocol.link;

import org.jspecify.annotations.NullMarked;
