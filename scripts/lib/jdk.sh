# shellcheck shell=bash
# Sourced by the scripts: finds a JDK 25 and sets JAVA_HOME and PATH, or says what to install and exits 1.

fengsui_is_jdk25() {
    [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | grep -q 'version "25'
}

fengsui_find_jdk25() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -n "$candidate" ] && fengsui_is_jdk25 "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

if ! JAVA_HOME=$(fengsui_find_jdk25); then
    echo "No JDK 25 found in JAVA_HOME, under /usr/lib/jvm, /opt or ~/.sdkman." >&2
    echo "Install one (Eclipse Temurin 25, or the package openjdk-25-jdk-headless), or set JAVA_HOME to it." >&2
    exit 1
fi
export JAVA_HOME
export PATH="$JAVA_HOME/bin:$PATH"
# Neither DJL nor ONNX Runtime may call home; nothing that these scripts start inherits another setting.
export OPT_OUT_TRACKING=true ORT_DISABLE_TELEMETRY=1
