package io.fengsui.hub.access;

/**
 * What a request shows of its sender; absent headers are empty strings.
 *
 * @param isLocal connected over loopback and not forwarded by a proxy
 * @param host the {@code Host} or {@code :authority}
 * @param authorization the {@code Authorization} header
 * @param session the session cookie's value
 * @param origin the {@code Origin} header
 * @param fetchSite the {@code Sec-Fetch-Site} header
 */
public record Caller(
        boolean isLocal, String host, String authorization, String session, String origin, String fetchSite) {}
