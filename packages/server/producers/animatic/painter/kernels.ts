import { readFileSync } from 'node:fs';

/** What `painter.wasm` exports; the sources in `kernels/` say what each parameter means. Addresses and sizes are bytes. */
export interface Kernels {
  prepareColumns(
    table: number,
    blocks: number,
    firstPixel: number,
    firstTexel: number,
    texelStep: number,
    lastTexel: number,
    left: number,
    right: number,
  ): void;
  prepareRows(
    table: number,
    rows: number,
    firstPixel: number,
    firstTexel: number,
    texelStep: number,
    lastTexel: number,
    top: number,
    bottom: number,
    opacity: number,
    columns: number,
    blocks: number,
    spans: number,
  ): void;
  hideRows(table: number, rows: number, hidden: number, firstBlock: number): void;
  findSpans(alpha: number, width: number, height: number, into: number): void;
  drawPlane(
    columns: number,
    rows: number,
    count: number,
    source: number,
    stride: number,
    alpha: number,
    frame: number,
    frameStride: number,
    scratch: number,
    alphaScratch: number,
  ): void;
  copyRows(from: number, fromStride: number, to: number, toStride: number, width: number, rows: number): void;
  fadePlane(plane: number, bytes: number, value: number, amount: number): void;
  fillPlane(plane: number, bytes: number, value: number): void;
  halvePlane(source: number, width: number, height: number, into: number): void;
  convertOpaque(rgba: number, width: number, rows: number, luma: number, blue: number, red: number): void;
  convertBlended(
    rgba: number,
    width: number,
    rows: number,
    luma: number,
    blue: number,
    red: number,
    alpha: number,
    halfAlpha: number,
  ): void;
  flipPlane(plane: number, bytes: number): void;
  premultiplyPlane(plane: number, alpha: number, bytes: number): void;
}

/** The kernels with a memory of their own, which only grows. */
export interface Arena {
  readonly kernels: Kernels;
  /** Address of `bytes` new bytes, aligned to 16, with the room behind them that the kernels read over. Filled with 0. */
  allocate(bytes: number): number;
  /**
   * Makes sure that so many bytes can be allocated without the memory growing: `view` stays valid, and whoever reads in the memory
   * on another thread goes on. They take up no room until they are written to.
   */
  reserve(bytes: number): void;
  /** A view of the whole memory. It is void after the next `allocate` of what was not reserved. */
  view(): Uint8Array<ArrayBuffer>;
  /** Bytes handed out so far. */
  readonly bytes: number;
}

// TypeScript knows WebAssembly only together with the whole of the DOM.
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WebAssemblyGlobal {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: Memory } }) => { readonly exports: unknown };
  readonly Memory: new (descriptor: { initial: number; maximum: number }) => Memory;
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyGlobal };

const pageBytes = 65_536;
/** 4 GiB, the most that 32-bit addresses reach. */
const mostPages = 65_536;
/** Kernels read up to 64 bytes past the end of a plane. */
const roomBehind = 64;

let compiled: object | undefined;

export function createArena(): Arena {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('painter.wasm', import.meta.url)));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  // The first bytes stay free, so that no address is 0.
  let end = 1024;
  const reserve = (bytes: number) => {
    const missing = Math.ceil((end + bytes - memory.buffer.byteLength) / pageBytes);
    if (missing > 0) memory.grow(missing);
  };
  return {
    kernels: exports as Kernels,
    allocate(bytes) {
      const address = end;
      end = Math.ceil((end + bytes + roomBehind) / 16) * 16;
      reserve(0);
      return address;
    },
    reserve,
    view: () => new Uint8Array(memory.buffer),
    get bytes() {
      return end;
    },
  };
}
