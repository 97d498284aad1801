package io.fengsui.edge.vision.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Looks through an ONNX file (a protobuf message, onnx.proto) for tensors that are kept in other files. Such a network
 * would read from a path of its author's choosing (CVE-2022-25882, CVE-2024-27318): it is refused.
 *
 * <p>Knows the few fields that lead to tensors and skips the rest; what is not protobuf is refused as well. Pure.
 */
final class OnnxFile {
    private static final int MAX_DEPTH = 32;

    /** Messages on the way to tensors. */
    private enum Kind {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        SPARSE_TENSOR,
        FUNCTION,
        TRAINING,
        /** Nothing in it leads to a tensor. */
        OTHER
    }

    /** TensorProto.external_data. */
    private static final int EXTERNAL_DATA = 13;

    /** TensorProto.data_location; 1 is EXTERNAL. */
    private static final int DATA_LOCATION = 14;

    private final Path file;
    private final ByteBuffer in;

    private OnnxFile(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in;
    }

    /** Refuses a file that is not ONNX, or that refers to others. */
    static void check(Path file, byte[] model) throws BadModelException {
        OnnxFile scan = new OnnxFile(file, ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN));
        try {
            scan.message(Kind.MODEL, model.length, 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw scan.notOnnx();
        }
    }

    private BadModelException notOnnx() {
        return new BadModelException(file + " is not an ONNX file: it cannot be read at byte " + in.position());
    }

    private void message(Kind kind, int end, int depth) throws BadModelException {
        if (depth > MAX_DEPTH) {
            throw new BadModelException(file + " is nested deeper than " + MAX_DEPTH + " messages");
        }
        while (in.position() < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> {
                    if (varint() != 0 && kind == Kind.TENSOR && field == DATA_LOCATION) {
                        throw external();
                    }
                }
                case 1 -> in.position(in.position() + Long.BYTES);
                case 2 -> within(kind, field, depth);
                case 5 -> in.position(in.position() + Integer.BYTES);
                default -> throw notOnnx();
            }
            if (in.position() > end || field == 0) {
                throw notOnnx();
            }
        }
    }

    private void within(Kind kind, int field, int depth) throws BadModelException {
        if (kind == Kind.TENSOR && field == EXTERNAL_DATA) {
            throw external();
        }
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw notOnnx();
        }
        int end = in.position() + (int) length;
        Kind inner = inner(kind, field);
        if (inner != Kind.OTHER) {
            message(inner, end, depth + 1);
        }
        in.position(end);
    }

    private BadModelException external() {
        return new BadModelException(file + " keeps tensors in other files, which is not allowed; save it as one file"
                + " (onnx.save_model with save_as_external_data=False)");
    }

    /** Field numbers of onnx.proto. */
    private static Kind inner(Kind kind, int field) {
        return switch (kind) {
            case MODEL ->
                switch (field) {
                    case 7 -> Kind.GRAPH;
                    case 20 -> Kind.TRAINING;
                    case 25 -> Kind.FUNCTION;
                    default -> Kind.OTHER;
                };
            case TRAINING -> field == 1 || field == 2 ? Kind.GRAPH : Kind.OTHER;
            case FUNCTION -> field == 7 ? Kind.NODE : field == 11 ? Kind.ATTRIBUTE : Kind.OTHER;
            case GRAPH ->
                switch (field) {
                    case 1 -> Kind.NODE;
                    case 5 -> Kind.TENSOR;
                    case 15 -> Kind.SPARSE_TENSOR;
                    default -> Kind.OTHER;
                };
            case NODE -> field == 5 ? Kind.ATTRIBUTE : Kind.OTHER;
            case ATTRIBUTE ->
                switch (field) {
                    case 5, 10 -> Kind.TENSOR;
                    case 6, 11 -> Kind.GRAPH;
                    case 22, 23 -> Kind.SPARSE_TENSOR;
                    default -> Kind.OTHER;
                };
            case SPARSE_TENSOR -> field == 1 || field == 2 ? Kind.TENSOR : Kind.OTHER;
            case TENSOR, OTHER -> Kind.OTHER;
        };
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than ten bytes");
    }
}
