/**
 * What goes together in one message. In and out: ids of messages. Thread: the shard's writer. Imports nothing of the hub.
 */
@NullMarked
package io.fengsui.hub.notify.gather;

import org.jspecify.annotations.NullMarked;
