package io.fengsui.fieldsim.camera;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came; header names in lower case. The body is dropped, no request that we answer needs it. */
public record RtspRequest(String method, String uri, Map<String, String> headers) {
    public RtspRequest {
        headers = Map.copyOf(headers);
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The first part of the path: the camera's name. Works for full URIs, absolute paths and "*". */
    public String cameraName() {
        String path = uri;
        int scheme = path.indexOf("://");
        if (scheme >= 0) {
            int slash = path.indexOf('/', scheme + 3);
            path = slash < 0 ? "" : path.substring(slash);
        }
        String[] parts = path.split("[/?]", 3);
        return parts.length > 1 ? parts[1] : parts[0];
    }
}
