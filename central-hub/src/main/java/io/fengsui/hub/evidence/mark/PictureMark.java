package io.fengsui.hub.evidence.mark;

import java.time.Instant;

/**
 * The newest mark on one picture of a round.
 *
 * @param event the round
 */
public record PictureMark(String event, String camera, Mark mark, String note, String by, Instant at) {}
