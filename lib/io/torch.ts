import { need } from '../need.js';
import { type Archive, openArchive } from './archive.js';
import { type Claims, claims } from './claims.js';
import { needLinear } from './linear-stack.js';
import { kindOf, type ModelFile } from './model-file.js';
import { stateDict, type TorchTensor } from './torch-pickle.js';
import { bytesOf, count, type FloatType, floats, shapeText, type Weights } from './weights.js';

const TYPES: ReadonlyMap<string, FloatType> = new Map([
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['FloatStorage', 'float32'],
  ['DoubleStorage', 'float64'],
]);
const LARGEST_PICKLE = 2 ** 24;

/**
 * Reads a PyTorch state dict: the tensors by name, in the order of the file. Nothing of the file is run.
 *
 * @throws Error if the file is no zip archive that `torch.save` wrote, names anything but tensors, or a tensor does not lie
 * within its storage.
 */
export async function readTorch(file: ModelFile): Promise<ReadonlyMap<string, Weights>> {
  needNewFormat(file);
  const archive = await openArchive(file);
  const pickle = archive.names.find((name) => /^([^/]+\/)?data\.pkl$/.test(name));
  need(
    pickle !== undefined,
    `loadModel needs a PyTorch state dict in ${file.path}`,
    { words: kindOfArchive(archive) },
    Error,
  );
  const folder = pickle.slice(0, -'data.pkl'.length);
  needLittleEndian(archive, folder, file.path);
  const bytes = archive.read(pickle);
  need(
    bytes.length <= LARGEST_PICKLE,
    `loadModel needs a pickle of at most ${LARGEST_PICKLE} bytes in ${file.path}`,
    bytes.length,
    Error,
  );
  const tensors = await stateDict(bytes, file.path);
  needLinear(tensors, file.path);
  const read = tensorReader({ archive, folder, file });
  return new Map([...tensors].map(([name, tensor]) => [name, read(name, tensor)]));
}

function needNewFormat({ path, bytes }: ModelFile): void {
  const old = kindOf(bytes) === 'a pickle';
  const line = `torch.save(torch.load('${path}', weights_only=True), 'new.pth')`;
  const words = `the format before PyTorch 1.6 (in Python: ${line})`;
  need(!old, `loadModel needs a zip archive in ${path}`, { words }, Error);
}

function kindOfArchive({ names }: Archive): string {
  return names.includes('config.json') ? 'a Keras model' : 'another zip archive';
}

function needLittleEndian({ names, read }: Archive, folder: string, path: string): void {
  const name = `${folder}byteorder`;
  const order = names.includes(name) ? new TextDecoder().decode(read(name)) : 'little';
  need(order === 'little', `loadModel needs numbers with the low byte first in ${path}`, order, Error);
}

interface Source {
  readonly archive: Archive;
  readonly folder: string;
  readonly file: ModelFile;
}

function tensorReader({ archive, folder, file }: Source): (name: string, tensor: TorchTensor) => Weights {
  const claim: Claims = claims(file);
  const storages = new Map<string, Float64Array>();
  return (name, { storage: { type, key }, offset, shape, strides }) => {
    const place = `${name} of ${file.path}`;
    const float = TYPES.get(type);
    need(float !== undefined, `loadModel needs float16, bfloat16, float32 or float64 in ${place}`, type, Error);
    claim(`${name} of shape ${shapeText(shape)}`, bytesOf(float) * count(shape));
    const values = storages.get(`${float} ${key}`) ?? floats(whole(archive.read(`${folder}data/${key}`), float), float);
    storages.set(`${float} ${key}`, values);
    const last = shape.reduce((sum, length, i) => sum + (length - 1) * strides[i]!, offset);
    const inside = count(shape) === 0 || last < values.length;
    need(
      inside,
      `loadModel needs a tensor within its ${values.length} numbers in ${place}`,
      { words: `number ${last}` },
      Error,
    );
    return { shape, values: view(values, { offset, shape, strides }) };
  };
}

function whole(bytes: Uint8Array, type: FloatType): Uint8Array {
  return bytes.subarray(0, bytes.length - (bytes.length % bytesOf(type)));
}

// Row by row: the last index runs fastest.
function view(values: Float64Array, { offset, shape, strides }: Omit<TorchTensor, 'storage'>): Float64Array {
  return new Float64Array(count(shape)).map((_, i) => {
    let at = offset;
    let rest = i;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return values[at]!;
  });
}
