package io.fengsui.fieldsim.camera;

/** A way to prove knowledge of the password (RFC 7617, RFC 7616). */
public enum AuthScheme {
    BASIC,
    DIGEST_MD5,
    DIGEST_SHA256
}
