import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quote } from '@refreel/core/catalog';
import type { Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFilm } from '../media/test-media.ts';
import { accepted, type Ground, openGround, smallRequest, submission } from './test-ground.ts';

let ground: Ground;
let base: string;
beforeAll(async () => {
  ground = await openGround();
  const film = readFileSync(
    makeFilm(join(ground.folder, 'dance.mp4'), { frames: 72, width: 640, height: 360, fps: 24 }),
  );
  base = await ground.serve((_, answer) => answer.setHeader('content-type', 'video/mp4').end(film));
});
afterAll(() => ground.close());

test('what was quoted before a film was fetched is quoted anew when it is measured', async () => {
  const caller = await ground.caller();
  const request: Request = {
    model: 'wan2.7-r2v',
    references: [{ kind: 'video', id: 'a', name: 'dance', use: 'subject', video: `${base}/dance.mp4` }],
    shots: [{ prompt: [{ mention: 'a' }, ' dances.'], seconds: 5 }],
    ratio: '16:9',
    tier: '720p',
  };
  const { id, quote } = await accepted(ground.generations, caller, submission(request));
  const prepared = await ground.generations.wait(caller, id, 60, (state) => state !== 'preparing');
  await ground.generations.cancel(caller, id);
  if (prepared === undefined) throw new Error('gone');
  expect(prepared.request.references[0]).toMatchObject({ video: expect.stringMatching(/^asset:/) });
  const review = await ground.generations.review(caller, prepared.request);
  expect(prepared.quote).toEqual(JSON.parse(JSON.stringify(review.quote)));
  expect((prepared.quote as Quote).lines[1]?.seconds).toBe(3);
  expect((quote as Quote).lines[1]?.seconds).not.toBe(3);
  expect(prepared.notes).toEqual(JSON.parse(JSON.stringify(review.notes)));
});

test('one without URLs keeps what was said of it', async () => {
  const caller = await ground.caller();
  const { id, quote, notes } = await accepted(ground.generations, caller, submission(smallRequest()));
  const made = await ground.generations.wait(caller, id, 60);
  expect([made?.quote, made?.notes]).toEqual(JSON.parse(JSON.stringify([quote, notes])));
});
