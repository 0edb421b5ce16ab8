import { createRequire } from 'node:module';
import type * as Onnx from 'onnxruntime-node';
import sharp from 'sharp';
import type { Rgba } from '../rgba.ts';
import type { Plane } from './plane.ts';

/** Finds what stands out in a picture. Close it. */
export interface Saliency {
  /** Of a picture of any shape, drawn into a square of `saliencySide`. */
  find(picture: Rgba): Promise<Found>;
  close(): Promise<void>;
}

export interface Found {
  /** How surely each point belongs to the subject, 0 to 1. */
  readonly mask: Plane;
  /** What the model was shown: three bytes a point. */
  readonly pixels: Uint8Array;
}

export const saliencySide = 320;

/** What the model was trained with. */
const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];

/** Loads a model of the U-2-Net family. */
export async function openSaliency(modelFile: string): Promise<Saliency> {
  // The runtime's entry is CommonJS; asked for here, only a process that cuts out loads its 30 MB.
  const onnx = createRequire(import.meta.url)('onnxruntime-node') as typeof Onnx;
  const session = await onnx.InferenceSession.create(modelFile, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 2,
    interOpNumThreads: 1,
    // The arena keeps what the largest step needed: 400 MB more.
    enableCpuMemArena: false,
    enableMemPattern: true,
    graphOptimizationLevel: 'all',
    // Threads that wait by spinning take the processor from the painter and the encoder.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  });
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  if (!input || !output) throw new Error(`${modelFile} has no input or no output`);
  return {
    async find(picture) {
      const area = saliencySide * saliencySide;
      const pixels = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 4 } })
        .removeAlpha()
        .resize(saliencySide, saliencySide, { fit: 'fill', kernel: 'lanczos3' })
        .raw()
        .toBuffer();
      let brightest = 1;
      for (const value of pixels) brightest = Math.max(brightest, value);
      const planes = new Float32Array(3 * area);
      for (let channel = 0; channel < 3; channel++) {
        const scale = 1 / (brightest * deviation[channel]!);
        const shift = mean[channel]! / deviation[channel]!;
        for (let at = 0; at < area; at++) planes[channel * area + at] = pixels[at * 3 + channel]! * scale - shift;
      }
      const tensor = new onnx.Tensor('float32', planes, [1, 3, saliencySide, saliencySide]);
      const answers = await session.run({ [input]: tensor }, [output]);
      // Copied: the runtime's own memory goes when the answer does.
      const data = Float32Array.from(answers[output]!.data as Float32Array);
      for (const answer of Object.values(answers)) answer.dispose();
      return { mask: { width: saliencySide, height: saliencySide, data }, pixels };
    },
    close: () => session.release(),
  };
}
