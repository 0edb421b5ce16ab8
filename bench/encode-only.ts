import { readFileSync } from 'node:fs';
import { defaultEncodeSettings } from '../packages/server/producers/animatic/encoder/encoder.ts';
import { soundSamples } from '../packages/server/producers/animatic/encoder/film-facts.ts';
import { nodeAvEncoder } from '../packages/server/producers/animatic/encoder/node-av.ts';

// The limit that a renderer is measured against: the same encoder with the same settings and the same frames, which lie ready in
// memory. Nothing else runs in this process. Prints milliseconds from open to finish.

interface Job {
  readonly raw: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly keyframes: readonly number[];
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const bytes = (job.width * job.height * 3) / 2;
const frames = readFileSync(job.raw);
const count = frames.length / bytes;
const sound = new Float32Array(soundSamples(count, job.fps));

const started = performance.now();
const session = await nodeAvEncoder.open(
  job.file,
  { width: job.width, height: job.height, fps: job.fps, audio: true, comment: 'benchmark' },
  { ...defaultEncodeSettings, keyframes: job.keyframes },
);
session.audio(sound, sound);
for (let frame = 0; frame < count; frame += 1) await session.video(frames.subarray(frame * bytes, (frame + 1) * bytes));
await session.finish();
process.stdout.write(`${performance.now() - started}\n`);
