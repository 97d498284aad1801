package io.fengsui.edge.gate;

/**
 * What was there a moment ago is there no more: a small picture is as the background was. As good as a look that found nothing,
 * at a tenth of its price.
 *
 * @param arrivalNanos steady clock at the picture's arrival
 */
public record EmptyScene(String camera, long generation, long arrivalNanos) {}
