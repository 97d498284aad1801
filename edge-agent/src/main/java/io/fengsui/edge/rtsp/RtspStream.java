package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.rtsp.net.NetLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a camera's stream: looks the host up, connects, runs the session, follows redirects within the host.
 * Ends with exactly one {@link SessionListener#onClosed}. Event loop of the camera only.
 */
public final class RtspStream {
    /** One buffer of this size serves all cameras of a loop, since each gives it back before the next reads. */
    private static final int READ_BYTES = 32 << 10;

    private final NetLoops loops;
    private final StreamContext context;
    private final SessionListener listener;
    private RtspSettings settings;
    private @Nullable ChannelFuture connecting;
    private @Nullable RtspSession session;
    private int redirects;
    private boolean isClosing;
    private boolean isClosed;

    private RtspStream(NetLoops loops, RtspSettings settings, StreamContext context, SessionListener listener) {
        this.loops = loops;
        this.settings = settings;
        this.context = context;
        this.listener = listener;
    }

    /** Starts; what comes of it is told to the listener, never before this returns. */
    public static RtspStream open(
            NetLoops loops, RtspSettings settings, StreamContext context, SessionListener listener) {
        RtspStream stream = new RtspStream(loops, settings, context, listener);
        context.loop().execute(stream::resolve);
        return stream;
    }

    /** Ends the session in words, then the connection, in about a second at most. */
    public void close() {
        isClosing = true;
        if (session != null) {
            session.close();
        } else if (connecting != null) {
            connecting.cancel(false);
        }
    }

    /** Lets so many bytes gather in the kernel before the connection is read again; 0 or 1 for none. */
    public void gather(int bytes) {
        if (session != null) {
            session.gather(bytes);
        }
    }

    /** What the stream is decoded with now. */
    public ParameterSets parameterSets() {
        return session == null ? ParameterSets.NONE : session.parameterSets();
    }

    private void resolve() {
        if (isClosing) {
            end(CloseReason.CLOSED, "closed by us");
            return;
        }
        loops.resolve(settings.host())
                .whenComplete((address, failure) -> context.loop().execute(() -> {
                    if (isClosing) {
                        end(CloseReason.CLOSED, "closed by us");
                    } else if (failure != null) {
                        end(CloseReason.UNKNOWN_HOST, "no address for " + settings.host());
                    } else {
                        connect(address);
                    }
                }));
    }

    private void connect(InetAddress address) {
        connecting = new Bootstrap()
                .group(context.loop().netty())
                .channel(loops.channelType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        SessionHandler handler = new SessionHandler(channel, loops.datagramType());
                        channel.pipeline().addLast(handler.decoder());
                        session = new RtspSession(settings, context, new Relay(), handler);
                        handler.attach(session);
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(new InetSocketAddress(address, settings.port()));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                session = null;
                onConnectFailed(done.cause());
            }
        });
    }

    private void onConnectFailed(@Nullable Throwable cause) {
        String peer = settings.host() + ":" + settings.port();
        switch (cause) {
            case ConnectTimeoutException ignored -> end(CloseReason.CONNECT_TIMEOUT, peer + " does not answer");
            case NoRouteToHostException ignored -> end(CloseReason.UNREACHABLE, "no route to " + peer);
            case ConnectException ignored -> end(CloseReason.CONNECT_REFUSED, peer + " refuses connections");
            case null, default ->
                end(isClosing ? CloseReason.CLOSED : CloseReason.UNREACHABLE, "cannot connect to " + peer);
        }
    }

    private void onSessionClosed(CloseReason reason, String detail) {
        URI target = session == null ? null : session.redirect();
        session = null;
        if (reason == CloseReason.REDIRECT_REFUSED && target != null && !isClosing) {
            redirects++;
            if (redirects <= Redirects.MAX_IN_A_ROW) {
                settings = settings.withUri(target);
                resolve();
                return;
            }
            end(CloseReason.REDIRECT_REFUSED, "sent on more than " + Redirects.MAX_IN_A_ROW + " times");
            return;
        }
        end(reason, detail);
    }

    private void end(CloseReason reason, String detail) {
        if (!isClosed) {
            isClosed = true;
            listener.onClosed(reason, detail);
        }
    }

    private final class Relay implements SessionListener {
        @Override
        public void onPlaying() {
            listener.onPlaying();
        }

        @Override
        public void onAccessUnit(AccessUnit unit) {
            listener.onAccessUnit(unit);
        }

        @Override
        public void onClosed(CloseReason reason, String detail) {
            onSessionClosed(reason, detail);
        }
    }
}
