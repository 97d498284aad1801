package io.fengsui.fieldsim.proxy;

/**
 * What a proxy has done since it began.
 *
 * @param accepted connections that came
 * @param open those that are there now
 * @param bytesUp bytes that were passed on to the server
 * @param bytesDown bytes that were passed on to who connected
 * @param faults pieces that were swallowed, delayed by loss, repeated or spoiled, and connections that were reset
 */
public record ProxyStats(long accepted, int open, long bytesUp, long bytesDown, long faults) {}
