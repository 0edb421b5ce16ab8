import { frameAt, plan } from '@refreel/core/animatic';
import type { Media } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServerFrames, peakSignalToNoise } from '../../../tests/server-frames.ts';
import { openStudioPage, type StudioPage } from '../../../tests/studio-page.ts';
import { passOn, type StudioSample, storeSample } from '../../../tests/studio-sample.ts';
import { startTestServer, type TestServer } from '../../server/test-server.ts';
import type { PlayerPage } from './pages/player-contract.ts';

declare const playing: PlayerPage;

const slow = 180_000;
let server: TestServer;
let sample: StudioSample;
let opened: StudioPage;

beforeAll(async () => {
  server = await startTestServer();
  sample = await storeSample(server, '1280x720');
  opened = await openStudioPage('packages/studio/preview/pages/player-page.ts', passOn(server));
}, slow);
afterAll(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
  await server.remove();
});

test('a frame on the canvas looks as it does in the film', { timeout: slow }, async () => {
  const { files, ...draft } = sample;
  const planned = plan(draft.request, draft.film, draft.facts);
  const wanted = [0, 37, 72, 100, 160, planned.frames - 1];
  const canvas = await opened.page.evaluate(([one, all]) => playing.frames(one, all), [draft, wanted] as const);
  const painter = await openServerFrames(planned, (media: Media) => files[media]!);
  const likeness = wanted.map((frame, index) => {
    const drawn = new Uint8Array(Buffer.from(canvas[index]!, 'base64'));
    return peakSignalToNoise(painter.paint(frameAt(planned, frame / planned.fps)), drawn);
  });
  painter.free();
  // In decibels; above 30 nobody tells two pictures apart that are not laid over each other.
  expect(Math.min(...likeness), likeness.map((one) => one.toFixed(1)).join(' ')).toBeGreaterThan(30);
});
