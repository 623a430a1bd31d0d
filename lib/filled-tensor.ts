import * as tf from '@tensorflow/tfjs';

/** What is used of the WebAssembly backend: its tensors can be made empty, and be written to where they are. */
interface Heap {
  makeOutput(shape: readonly number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

type Numbers = Float32Array | Float64Array;

/**
 * A tensor of the numbers that `fill` gives. It may ask for room for them: on WebAssembly that is the tensor's own, so that many
 * numbers need not be copied, nor new memory be filled. Between asking and the end no other tensor may be made.
 *
 * @throws whatever `fill` throws; no tensor is left then.
 */
export function filledTensor<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  fill: (room: () => Float32Array) => Numbers,
): tf.Tensor<R> {
  const backend = tf.backend();
  if (!isHeap(backend)) {
    const values = fill(() => new Float32Array(tf.util.sizeFromShape(shape)));
    return tf.tensor(values instanceof Float32Array ? values : new Float32Array(values), shape);
  }
  const tensor = tf.engine().makeTensorFromTensorInfo(backend.makeOutput(shape, 'float32')) as tf.Tensor<R>;
  try {
    let room: Float32Array | undefined;
    const values = fill(() => {
      room = backend.typedArrayFromHeap(tensor);
      return room;
    });
    if (values !== room) backend.typedArrayFromHeap(tensor).set(values);
    return tensor;
  } catch (error) {
    tensor.dispose();
    throw error;
  }
}

function isHeap(backend: object): backend is Heap {
  return tf.getBackend() === 'wasm' && 'makeOutput' in backend && 'typedArrayFromHeap' in backend;
}
