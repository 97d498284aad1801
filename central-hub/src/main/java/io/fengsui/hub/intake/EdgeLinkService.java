package io.fengsui.hub.intake;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.fengsui.hub.intake.evidence.EvidenceReceiver;
import io.fengsui.protocol.wire.v1.EdgeLinkGrpc;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import io.grpc.stub.StreamObserver;

/** The edges' service on the hub's port. Streams last as long as they like; each message is capped. */
public final class EdgeLinkService extends EdgeLinkGrpc.EdgeLinkImplBase {
    /** Largest message; an inventory of the largest edge and a full batch fit. */
    public static final int MAX_MESSAGE_BYTES = 2 << 20;

    private final Intake intake;

    private EdgeLinkService(Intake intake) {
        this.intake = intake;
    }

    /** Adds the service to a server. */
    public static void bind(ServerBuilder server, Intake intake) {
        GrpcService service = GrpcService.builder()
                .addService(new EdgeLinkService(intake))
                .intercept(new EdgeDoor(intake))
                .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                .maxRequestMessageLength(MAX_MESSAGE_BYTES)
                .useBlockingTaskExecutor(true)
                .useClientTimeoutHeader(false)
                .build();
        server.service(
                service,
                delegate -> delegate.decorate((next, context, request) -> {
                    context.clearRequestTimeout();
                    context.setMaxRequestLength(0);
                    return next.serve(context, request);
                }));
    }

    @Override
    public StreamObserver<FromEdge> connect(StreamObserver<FromHub> responses) {
        return new EdgeSession(intake, responses);
    }

    @Override
    public StreamObserver<EvidenceUpload> uploadEvidence(StreamObserver<EvidenceReceipt> responses) {
        return new EvidenceReceiver(intake.evidence(), intake.log(), intake.counts()::tookEvidence, responses);
    }
}
