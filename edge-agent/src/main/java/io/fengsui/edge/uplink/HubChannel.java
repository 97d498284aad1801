package io.fengsui.edge.uplink;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections to the hub, each for one session: the channel's own reconnecting is never used, so that there is one
 * owner of it. Secrets are read from their files each time and kept nowhere.
 */
final class HubChannel {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private HubChannel() {}

    static ManagedChannel open(UplinkSettings settings, Executor executor) throws IOException {
        long keepaliveMillis = settings.timing().keepalive().toMillis();
        ManagedChannelBuilder<?> builder = Grpc.newChannelBuilderForAddress(
                        settings.host(), settings.port(), credentials(settings.security()))
                .executor(executor)
                .offloadExecutor(executor)
                .disableRetry()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(keepaliveMillis, TimeUnit.MILLISECONDS)
                .keepAliveTimeout(keepaliveMillis, TimeUnit.MILLISECONDS);
        Path tokenFile = settings.security().tokenFile();
        if (tokenFile != null) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + Files.readString(tokenFile).strip());
            builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        return builder.build();
    }

    private static ChannelCredentials credentials(UplinkSettings.Security security) throws IOException {
        if (security.isPlaintext()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        Path caFile = security.caFile();
        if (caFile != null) {
            tls.trustManager(caFile.toFile());
        }
        Path certificateFile = security.certificateFile();
        Path keyFile = security.keyFile();
        if (certificateFile != null && keyFile != null) {
            tls.keyManager(certificateFile.toFile(), keyFile.toFile());
        }
        return tls.build();
    }
}
