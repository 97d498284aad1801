# shellcheck shell=bash
# Sourced by the scripts after jdk.sh, from the project's folder: the programs' jars, how to build them and how to run them.

# Names the first program among "$@" whose jar is missing or older than what it is made of; fails when there is none.
# A copy without sources is as it is.
fengsui_stale() {
    local module jar needs
    for module in "$@"; do
        jar=$module/target/$module.jar
        [ ! -f "$jar" ] || [ -d "$module/src" ] || continue
        needs=(pom.xml {runtime,protocol,"$module"}/{pom.xml,src/main})
        [ "$module" = field-sim ] || needs+=({settings,rules}/{pom.xml,src/main})
        if [ ! -f "$jar" ] || [ ! -d "$module/target/lib" ] ||
            [ -n "$(find "${needs[@]}" -newer "$jar" -type f -print -quit)" ]; then
            printf '%s\n' "$module"
            return 0
        fi
    done
    return 1
}

# Builds the programs "$@", and what they need, without tests and checks: scripts/test has those.
fengsui_build() {
    command -v mvn >/dev/null || { echo "Maven (mvn) is needed to build: install the package maven." >&2; return 1; }
    mvn -B -q -ntp -Dstyle.color=never -Pquick -Dmaven.test.skip=true -pl "$(IFS=,; echo "$*")" -am package || return 1
    # A jar that came out as it was keeps its old time, and would look stale for ever.
    local module
    for module in "$@"; do
        touch "$module/target/$module.jar"
    done
}

# Puts the JVM's arguments for the program $1 into the array FENGSUI_JAVA.
fengsui_java() {
    # shellcheck disable=SC2034 # used by who sources this
    FENGSUI_JAVA=(
        "$JAVA_HOME/bin/java"
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
        -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
        -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Djava.awt.headless=true
        -Dio.netty.allocator.type=pooled
    )
    case "$1" in
        edge-agent)
            # A box has no memory to spare: the heap begins small and keeps little that is free. Nearly all that is made lives for
            # a picture or a group of them, so the young generation is small and what survives has room in it until it dies.
            FENGSUI_JAVA+=(
                -Xms64m -Xmx256m -Xmn48m -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90
                -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=30 -XX:-ShrinkHeapInSteps -XX:MetaspaceSize=64m
                -XX:TrimNativeHeapInterval=30000
                -Dai.djl.offline=true -Dai.djl.onnx.disable_alternative=true
                -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0
            ) ;;
        central-hub)
            # The thorough compiler (C2) is asked four times later than the JVM would by itself: else a third of what a start
            # costs is its work on code that is needed for the start only.
            FENGSUI_JAVA+=(
                -Xmx512m -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400
                -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000
            ) ;;
        field-sim)
            FENGSUI_JAVA+=(
                -Xmx256m -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0
            ) ;;
    esac
    # JAVA_OPTS come last, so that they win.
    # shellcheck disable=SC2206 # words are meant
    FENGSUI_JAVA+=(${JAVA_OPTS:-} -jar "$PWD/$1/target/$1.jar")
}

# Adds the cache of classes that are loaded and linked already (JEP 483, 514), when one of this JDK and these jars is there.
# The JVM looks itself whether it fits, says nothing when it does not, and starts without it.
fengsui_fast_start() {
    local cache=$PWD/$1/target/$1.aot
    [ ! -s "$cache" ] || [ "$cache" -ot "$PWD/$1/target/$1.jar" ] || [ "$cache" -ot "$JAVA_HOME/release" ] ||
        [ "$cache" -ot "$PWD/scripts/lib/program.sh" ] ||
        FENGSUI_JAVA=("${FENGSUI_JAVA[0]}" "-XX:AOTCache=$cache" -XX:AOTMode=auto -Xlog:aot=off -Xlog:cds=off "${FENGSUI_JAVA[@]:1}")
}

# Makes that cache for the program $1 by one run with the arguments that follow, which has to end by itself or by SIGTERM after
# $FENGSUI_TRAIN seconds. Takes its place whole or not at all.
fengsui_train() {
    local module=$1 cache=$PWD/$1/target/$1.aot pid
    shift
    rm -f "$cache" "$cache.new"
    fengsui_java "$module"
    local java=("${FENGSUI_JAVA[0]}" "-XX:AOTCacheOutput=$cache.new" -Xlog:aot=off -Xlog:cds=off "${FENGSUI_JAVA[@]:1}")
    "${java[@]}" "$@" &
    pid=$!
    sleep "${FENGSUI_TRAIN:-15}"
    kill "$pid" 2>/dev/null || true
    wait "$pid" || true
    [ -s "$cache.new" ] || return 1
    mv "$cache.new" "$cache"
}

# Becomes the program $1 with the arguments that follow. Paths in them start where the user stands: $FENGSUI_FROM.
fengsui_exec() {
    local module=$1
    shift
    if fengsui_stale "$module" >/dev/null; then
        echo "building $module ..." >&2
        fengsui_build "$module" >&2
    fi
    fengsui_java "$module"
    fengsui_fast_start "$module"
    cd "$FENGSUI_FROM" || return 1
    exec "${FENGSUI_JAVA[@]}" "$@"
}
