/**
 * What both programs are started and stopped with: a stack of things to close, named threads, backoff and clocks.
 *
 * <p>Imported by every module; imports none of ours, and nothing but the JDK and slf4j.
 */
@NullMarked
package io.fengsui.runtime;

import org.jspecify.annotations.NullMarked;
