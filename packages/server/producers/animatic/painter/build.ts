import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/**
 * Compiles `kernels/` to `painter.wasm`. The result is committed, so that nobody needs the compiler to run the program; run this file
 * after a change there. The compiler is deterministic: the same sources give the same bytes on every machine.
 *
 * @param output where to write, relative to this folder or absolute
 * @throws Error with the compiler's own report
 */
export async function buildKernels(output: string): Promise<void> {
  const { error, stderr } = await asc.main([
    'kernels/index.ts',
    ...['--baseDir', fileURLToPath(new URL('.', import.meta.url))],
    ...['--outFile', output],
    ...[
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--enable',
      'relaxed-simd',
      '--importMemory',
    ],
  ]);
  if (error) throw new Error(`painter.wasm was not built: ${stderr.toString()}`, { cause: error });
}

if (import.meta.main) await buildKernels('painter.wasm');
