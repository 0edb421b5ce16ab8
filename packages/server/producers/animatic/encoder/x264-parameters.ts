import { readFileSync } from 'node:fs';

/** What decides whether x264's bytes can be trusted to repeat. */
export interface Processor {
  /** Node's name of the instruction set, `x64` for instance. */
  readonly architecture: string;
  /** Undefined where the system does not tell. */
  readonly avx512: boolean | undefined;
}

/**
 * x264's own parameters beyond preset and quality, for a film of this width.
 *
 * - `8x8dct`: the preset ultrafast turns 8x8 transforms off, and without them H.264 is not of the High profile.
 * - `asm`, `no-mbtree`: with AVX-512, x264 (164 and 165 at least) reads memory that it never wrote when it weighs blocks across time
 *   (mbtree), unless a row has a multiple of 8 blocks: at 854 pixels one film in three had other bytes than the rest. With AVX2 it
 *   does not, and its bytes are those that AVX-512 makes where it is sound.
 */
export function x264ParametersFor(width: number, processor: Processor = thisProcessor()): string {
  const always = '8x8dct=1:open-gop=0';
  const blocksInRow = Math.ceil(width / 16);
  if (blocksInRow % 8 === 0 || processor.architecture !== 'x64' || processor.avx512 === false) return always;
  // Naming an instruction set forces it, so this may only be said of a processor that is known to have it.
  return processor.avx512 ? `${always}:asm=AVX2,FMA3,BMI2` : `${always}:no-mbtree=1`;
}

let known: Processor | undefined;

function thisProcessor(): Processor {
  known ??= { architecture: process.arch, avx512: avx512Of('/proc/cpuinfo') };
  return known;
}

function avx512Of(file: string): boolean | undefined {
  try {
    return /^flags\s*:.* avx512/m.test(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
