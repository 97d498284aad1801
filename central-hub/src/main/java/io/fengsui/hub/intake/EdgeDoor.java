package io.fengsui.hub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.settings.Secret;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetAddress;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets edges in: with a token, whoever shows it; without, only from this machine. The comparison takes the same time
 * whatever is shown. Thread-safe.
 */
final class EdgeDoor implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] wanted;

    EdgeDoor(@Nullable Secret token) {
        this.wanted = token == null ? null : (BEARER + token.reveal()).getBytes(UTF_8);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        InetAddress peer = ServiceRequestContext.current().remoteAddress().getAddress();
        String shown = headers.get(AUTHORIZATION);
        if (isAllowed(peer, shown)) {
            return next.startCall(call, headers);
        }
        call.close(Status.UNAUTHENTICATED.withDescription("the hub's edge token is wanted"), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    boolean isAllowed(@Nullable InetAddress peer, @Nullable String shown) {
        if (wanted == null) {
            return peer != null && peer.isLoopbackAddress();
        }
        return shown != null && MessageDigest.isEqual(wanted, shown.getBytes(UTF_8));
    }
}
