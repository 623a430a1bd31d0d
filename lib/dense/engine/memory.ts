/** Float64Array or Float32Array: the numbers of an engine. */
export type RealArray = Float64Array | Float32Array;

/** Precision of an engine's numbers. */
export type Precision = 'float64' | 'float32';

/** Something that holds bytes and can be made longer; the buffer is another one afterwards. */
export interface Store {
  buffer(): ArrayBuffer;
  grow(bytes: number): void;
}

/** The memory that kernels work in, given out from the bottom up. Addresses count bytes; 0 is no address. */
export interface Memory {
  /** Bytes of one number. */
  readonly size: number;
  /** An address of that many numbers, a multiple of 64; what stands there is left over from earlier uses. */
  reserve(count: number): number;
  /** The same for bytes. */
  reserveBytes(bytes: number): number;
  /** Calls `use` and takes back whatever was reserved meanwhile. */
  borrow<T>(use: () => T): T;
  /** The numbers at an address, until something is reserved again. */
  view(address: number, count: number): RealArray;
  /** Numbers in single precision at an address, until something is reserved again. */
  singles(address: number, count: number): Float32Array;
  /** Whole numbers at an address, until something is reserved again. */
  integers(address: number, count: number): Int32Array;
  /** The memory as a whole, until something is reserved again. */
  all(): RealArray;
}

const PAGE = 65536;

/** A memory over a store whose first bytes are taken. */
export function memoryOver(store: Store, precision: Precision, firstFree: number): Memory {
  const Numbers = precision === 'float64' ? Float64Array : Float32Array;
  const size = Numbers.BYTES_PER_ELEMENT;
  let top = aligned(firstFree);
  let whole: RealArray = new Numbers(store.buffer());
  const reserveBytes = (bytes: number): number => {
    const address = top;
    top = aligned(top + bytes);
    const missing = top - store.buffer().byteLength;
    if (missing > 0) store.grow(Math.ceil(missing / PAGE) * PAGE);
    return address;
  };
  return Object.freeze({
    size,
    reserveBytes,
    reserve: (count: number) => reserveBytes(count * size),
    borrow<T>(use: () => T): T {
      const bottom = top;
      try {
        return use();
      } finally {
        top = bottom;
      }
    },
    view: (address: number, count: number) => new Numbers(store.buffer(), address, count),
    singles: (address: number, count: number) => new Float32Array(store.buffer(), address, count),
    integers: (address: number, count: number) => new Int32Array(store.buffer(), address, count),
    all(): RealArray {
      if (whole.buffer !== store.buffer()) whole = new Numbers(store.buffer());
      return whole;
    },
  });
}

function aligned(address: number): number {
  return Math.ceil(address / 64) * 64;
}

/** A store without WebAssembly. */
export function plainStore(): Store {
  let buffer = new ArrayBuffer(16 * PAGE);
  return {
    buffer: () => buffer,
    grow(bytes) {
      const longer = new ArrayBuffer(buffer.byteLength + bytes);
      new Uint8Array(longer).set(new Uint8Array(buffer));
      buffer = longer;
    },
  };
}
