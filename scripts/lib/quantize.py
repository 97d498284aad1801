#!/usr/bin/env python3
"""Makes an 8-bit detector of one in 32 or 16 bits; called by scripts/quantize, in two steps. Compares two networks.

    quantize.py observe MODEL OBSERVED          every activation becomes an output as well, so that its range can be seen
    quantize.py convert MODEL RANGES QUANTIZED  RANGES: a line a tensor: name, least and greatest value
    quantize.py compare MODEL OTHER             exit status 0 when both compute the same: nodes, constants, inputs, outputs and
                                                operator sets; which version of onnx wrote them does not count

The result is a network in the QDQ form that ONNX Runtime fuses into integer kernels (onnxruntime.ai, "Quantize ONNX
models"): activations unsigned with one scale a tensor, weights signed and symmetric with one scale a channel, biases
32-bit. What follows the last convolutions (sigmoid, reshaping, joining) stays as it is. Needs python3-onnx and
python3-numpy. The same input makes the same
network, and with the same version of onnx the same bytes.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# What has an integer kernel, or only moves values about.
FOLLOWS = {'LeakyRelu', 'Relu', 'Clip', 'MaxPool', 'Concat', 'Resize', 'Add', 'Split'}
KEEPS_RANGE = {'MaxPool', 'Resize', 'Split'}


def fail(why):
    sys.exit('quantize: ' + why)


def observe(source, target):
    model = onnx.load(source)
    known = {output.name for output in model.graph.output}
    for node in model.graph.node:
        if node.op_type == 'Conv' or node.op_type in FOLLOWS:
            for name in node.output:
                if name not in known:
                    model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    onnx.save(model, target)


def read_ranges(path):
    ranges = {}
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            words = line.split('#')[0].split()
            if not words:
                continue
            if len(words) != 3:
                fail(f'{path}, line {number}: a name, the least and the greatest value are needed')
            ranges[words[0]] = (float(words[1]), float(words[2]))
    return ranges


class Quantizer:
    def __init__(self, model, ranges):
        self.graph = model.graph
        self.ranges = ranges
        self.constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        for node in model.graph.node:
            if node.op_type == 'Cast' and node.input[0] in self.constants:
                self.constants[node.output[0]] = self.constants[node.input[0]].astype(np.float32)
        self.leads_on = self.before_convolutions()
        self.range_of = {}
        self.done = set()
        self.nodes = []
        self.kept = {}

    def before_convolutions(self):
        """Tensors from which a convolution is reached by nothing but what has integer kernels."""
        reached = set()
        for node in reversed(self.graph.node):
            follows = node.op_type in FOLLOWS and any(name in reached for name in node.output)
            if node.op_type == 'Conv' or follows:
                reached.update(name for name in node.input if name not in self.constants)
        return reached

    def keep(self, name, values):
        self.kept[name] = numpy_helper.from_array(values, name)

    def scale(self, tensor):
        tensor = self.range_of.get(tensor, tensor)
        if tensor not in self.ranges:
            fail(f'there is no range of the tensor {tensor}')
        least, greatest = self.ranges[tensor]
        least, greatest = min(least, 0.0), max(greatest, 0.0)
        scale = np.float32(max((greatest - least) / 255, 1e-8))
        return scale, np.uint8(min(255, max(0, round(-least / float(scale)))))

    def eight_bit(self, tensor):
        """The tensor's name after it has gone through eight bits."""
        if tensor not in self.done:
            self.done.add(tensor)
            scale, zero = self.scale(tensor)
            self.keep(tensor + '/scale', scale)
            self.keep(tensor + '/zero', zero)
            by = [tensor + '/scale', tensor + '/zero']
            self.nodes.append(helper.make_node('QuantizeLinear', [tensor, *by], [tensor + '/8']))
            self.nodes.append(helper.make_node('DequantizeLinear', [tensor + '/8', *by], [tensor + '/32']))
        return tensor + '/32'

    def parameter(self, name, values, scale, kind):
        self.keep(name + '/8', values.astype(kind))
        self.keep(name + '/scale', scale)
        self.keep(name + '/zero', np.zeros(scale.shape, kind))
        self.nodes.append(
            helper.make_node('DequantizeLinear', [name + '/8', name + '/scale', name + '/zero'], [name + '/32'], axis=0))
        return name + '/32'

    def convolution(self, node):
        weights = self.constants.get(node.input[1])
        if weights is None:
            fail(f'the weights of {node.output[0]} are no constants')
        inputs = [self.eight_bit(node.input[0])]
        rows = np.abs(weights).reshape(weights.shape[0], -1).max(axis=1)
        scale = np.maximum(rows / 127, 1e-9).astype(np.float32)
        shape = (-1,) + (1,) * (weights.ndim - 1)
        whole = np.clip(np.round(weights / scale.reshape(shape)), -127, 127)
        inputs.append(self.parameter(node.input[1], whole, scale, np.int8))
        if len(node.input) > 2:
            bias = self.constants[node.input[2]].astype(np.float64)
            scale = (scale * self.scale(node.input[0])[0]).astype(np.float32)
            whole = np.clip(np.round(bias / scale), -2**31 + 1, 2**31 - 1)
            inputs.append(self.parameter(node.input[2], whole, scale, np.int32))
        self.copy(node, inputs)

    def copy(self, node, inputs):
        copied = onnx.NodeProto()
        copied.CopyFrom(node)
        for at, name in enumerate(inputs):
            copied.input[at] = name
            if name and name in self.constants:
                self.keep(name, self.constants[name])
        self.nodes.append(copied)

    def other(self, node):
        is_integer = node.op_type in FOLLOWS and (
            any(name in self.leads_on for name in node.output) or node.op_type == 'Split')
        if is_integer and node.op_type in KEEPS_RANGE:
            for name in node.output:
                self.range_of[name] = self.range_of.get(node.input[0], node.input[0])
        self.copy(node, [
            self.eight_bit(name) if is_integer and name and name not in self.constants else name
            for name in node.input])

    def run(self):
        for node in self.graph.node:
            if node.op_type == 'Conv':
                self.convolution(node)
            elif not (node.op_type == 'Cast' and node.output[0] in self.constants):
                self.other(node)
        del self.graph.node[:]
        self.graph.node.extend(self.nodes)
        del self.graph.initializer[:]
        self.graph.initializer.extend(self.kept.values())


def convert(source, ranges, target):
    model = onnx.load(source)
    if not any(node.op_type == 'Conv' for node in model.graph.node):
        fail(f'{source} has no convolution')
    Quantizer(model, read_ranges(ranges)).run()
    onnx.checker.check_model(model)
    onnx.save(model, target)


def compare(one, other):
    one, other = onnx.load(one), onnx.load(other)
    differences = []

    def look(what, first, second):
        if first != second:
            differences.append(what)

    def described(value):
        return value.name, value.type.SerializeToString(deterministic=True)

    def operation(node):
        attributes = sorted((a.name, a.SerializeToString(deterministic=True)) for a in node.attribute)
        return node.op_type, node.domain, list(node.input), list(node.output), attributes

    def constants(model):
        return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}

    look('operator sets', *(sorted((s.domain, s.version) for s in m.opset_import) for m in (one, other)))
    look('inputs', *([described(v) for v in m.graph.input] for m in (one, other)))
    look('outputs', *([described(v) for v in m.graph.output] for m in (one, other)))
    look('number of nodes', len(one.graph.node), len(other.graph.node))
    for at, (first, second) in enumerate(zip(one.graph.node, other.graph.node)):
        look(f'node {at} ({first.op_type} to {", ".join(first.output)})', operation(first), operation(second))
    first, second = constants(one), constants(other)
    look('names of constants', set(first), set(second))
    for name in sorted(set(first) & set(second)):
        if first[name].dtype != second[name].dtype or not np.array_equal(first[name], second[name]):
            differences.append(f'constant {name}')
    if differences:
        more = f' and {len(differences) - 10} more' if len(differences) > 10 else ''
        fail('the networks differ in: ' + '; '.join(differences[:10]) + more)


if __name__ == '__main__':
    if sys.argv[1:2] == ['observe'] and len(sys.argv) == 4:
        observe(*sys.argv[2:])
    elif sys.argv[1:2] == ['convert'] and len(sys.argv) == 5:
        convert(*sys.argv[2:])
    elif sys.argv[1:2] == ['compare'] and len(sys.argv) == 4:
        compare(*sys.argv[2:])
    else:
        sys.exit(__doc__)
