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
  drawOpaque(
    table: number,
    source: number,
    sourceStride: number,
    lastRow: number,
    frame: number,
    frameStride: number,
    blocks: number,
    rows: number,
    firstPixel: number,
    firstTexel: number,
    texelStep: number,
    top: number,
    bottom: number,
    opacity: number,
    scratch: number,
  ): void;
  drawBlended(
    table: number,
    source: number,
    alpha: number,
    sourceStride: number,
    lastRow: number,
    frame: number,
    frameStride: number,
    blocks: number,
    rows: number,
    firstPixel: number,
    firstTexel: number,
    texelStep: number,
    top: number,
    bottom: number,
    opacity: number,
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
  premultiplyPlane(plane: number, alpha: number, bytes: number): void;
}

/** The kernels with a memory of their own, which only grows. */
export interface Arena {
  readonly kernels: Kernels;
  /** Address of `bytes` new bytes, aligned to 16, with the room behind them that the kernels read over. Filled with 0. */
  allocate(bytes: number): number;
  /** A view of the whole memory. It is void after the next `allocate`. */
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
  return {
    kernels: exports as Kernels,
    allocate(bytes) {
      const address = end;
      end = Math.ceil((end + bytes + roomBehind) / 16) * 16;
      const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
      if (missing > 0) memory.grow(missing);
      return address;
    },
    view: () => new Uint8Array(memory.buffer),
    get bytes() {
      return end;
    },
  };
}
