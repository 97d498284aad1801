package io.fengsui.edge.vision.worker.detect;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From plain Java values to tensors and back, without arithmetic: ONNX Runtime's arrays know none. Every tensor belongs
 * to the context of one prediction and ends with it.
 *
 * @param outputs names, in the order wanted
 */
record TensorTranslator(String input, Shape shape, List<String> outputs)
        implements NoBatchifyTranslator<FloatBuffer, List<float[]>> {
    @Override
    public NDList processInput(TranslatorContext context, FloatBuffer tensor) {
        NDArray array = context.getNDManager().create(tensor, shape, DataType.FLOAT32);
        array.setName(input);
        return new NDList(array);
    }

    @Override
    public List<float[]> processOutput(TranslatorContext context, NDList list) {
        List<float[]> values = new ArrayList<>(outputs.size());
        for (String name : outputs) {
            NDArray array = list.get(name);
            if (array == null) {
                throw new IllegalStateException(
                        "the network has no output '" + name + "' that model.yaml names; it has "
                                + list.stream().map(NDArray::getName).toList());
            }
            values.add(array.toFloatArray());
        }
        return values;
    }
}
