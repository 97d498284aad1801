package io.fengsui.hub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets edges in: with a token, whoever shows it; without, only from this machine. The comparison takes the same time
 * whatever is shown. Whoever is turned away is counted, and told in the log at most once in {@link #TELL_AGAIN}. Thread-safe.
 */
final class EdgeDoor implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeDoor.class);
    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] wanted;
    private final Intake intake;
    private final AtomicLong toldNanos;

    EdgeDoor(Intake intake) {
        this.intake = intake;
        this.wanted = intake.settings().token() == null
                ? null
                : (BEARER + intake.settings().token().reveal()).getBytes(UTF_8);
        this.toldNanos = new AtomicLong(intake.time().steadyNanos() - TELL_AGAIN.toNanos());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        InetAddress peer = ServiceRequestContext.current().remoteAddress().getAddress();
        String shown = headers.get(AUTHORIZATION);
        if (isAllowed(peer, shown)) {
            return next.startCall(call, headers);
        }
        turnAway(peer, shown != null);
        call.close(Status.UNAUTHENTICATED.withDescription("the hub's edge token is wanted"), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private void turnAway(@Nullable InetAddress peer, boolean hasToken) {
        intake.counts().turnedAway();
        long now = intake.time().steadyNanos();
        long before = toldNanos.get();
        if (now - before >= TELL_AGAIN.toNanos() && toldNanos.compareAndSet(before, now)) {
            LOG.warn(
                    "edge turned away peer={}: {}; see edges.token-file of the hub and hub.token-file of the edge",
                    peer == null ? "?" : peer.getHostAddress(),
                    hasToken ? "its token is wrong" : "it shows no token");
        }
    }

    boolean isAllowed(@Nullable InetAddress peer, @Nullable String shown) {
        if (wanted == null) {
            return peer != null && peer.isLoopbackAddress();
        }
        return shown != null && MessageDigest.isEqual(wanted, shown.getBytes(UTF_8));
    }
}
