package io.fengsui.edge.vision.worker.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From plain Java values to tensors and back, without arithmetic: ONNX Runtime's arrays know none. Every tensor belongs
 * to the context of one prediction and ends with it; the arrays that come back are used again by the next prediction, since
 * a megabyte of new ones each time keeps the garbage collector in the way of the other callers. Confined.
 */
final class TensorTranslator implements NoBatchifyTranslator<FloatBuffer, List<float[]>> {
    private final String input;
    private final Shape shape;
    private final List<String> outputs;
    private final List<float[]> values = new ArrayList<>();

    /** @param outputs names, in the order wanted */
    TensorTranslator(String input, Shape shape, List<String> outputs) {
        this.input = input;
        this.shape = shape;
        this.outputs = List.copyOf(outputs);
        outputs.forEach(_ -> values.add(new float[0]));
    }

    @Override
    public NDList processInput(TranslatorContext context, FloatBuffer tensor) {
        NDArray array = context.getNDManager().create(tensor, shape, DataType.FLOAT32);
        array.setName(input);
        return new NDList(array);
    }

    @Override
    public List<float[]> processOutput(TranslatorContext context, NDList list) {
        for (int i = 0; i < outputs.size(); i++) {
            String name = outputs.get(i);
            NDArray array = list.get(name);
            if (array == null) {
                throw new IllegalStateException(
                        "the network has no output '" + name + "' that model.yaml names; it has "
                                + list.stream().map(NDArray::getName).toList());
            }
            FloatBuffer floats =
                    array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
            if (values.get(i).length != floats.remaining()) {
                values.set(i, new float[floats.remaining()]);
            }
            floats.get(values.get(i));
        }
        return values;
    }
}
