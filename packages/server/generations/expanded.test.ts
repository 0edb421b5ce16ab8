import type { Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, post, requestTo, type TestApp } from '../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
}, 60_000);
afterAll(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
});

const asked = { model: 'animatic', prompt: 'A woman walks. "Hello there."', seconds: 2, size: '320x180' };
interface Told {
  readonly id: string;
  readonly request: Request;
  readonly notes: readonly { readonly code: string; readonly values: { readonly found: string } }[];
}
const told = async (answer: Response) => (await answer.json()) as Told;
const create = async (more: object) => await told(await app.fetch(post('/v1/generations', { ...asked, ...more })));
const added = ({ notes }: Told) => notes.filter(({ code }) => code === 'prompt_expanded');

test('what an expansion adds is kept with the generation and told, and the prompt stays as it was written', async () => {
  const made = await create({ expand: true });
  expect(made.request.shots).toMatchObject([{ prompt: ['A woman walks. "Hello there."'] }]);
  expect(added(made)).toEqual([
    expect.objectContaining({ path: 'shots[0].prompt', message: expect.stringContaining('Slow camera push forward.') }),
  ]);
  const kept = async (language: string) => {
    const headers = { 'accept-language': language };
    return await told(await app.fetch(requestTo(`/v1/generations/${made.id}`, { headers })));
  };
  expect(added(await kept('en'))).toEqual(added(made));
  expect(added(await kept('zh'))).toMatchObject([
    { message: expect.stringMatching(/^shots\[0\]\.prompt：已按要求扩写/) },
  ]);
  // The same words get the same.
  expect(added(await create({ expand: true }))).toEqual(added(made));
});

test('nothing is added unasked, nor to a prompt that has all', async () => {
  for (const more of [{}, { expand: false }]) expect(added(await create(more))).toEqual([]);
  const [note] = added(await create({ expand: true }));
  const whole = await create({ expand: true, prompt: `${asked.prompt} ${note!.values.found}` });
  expect(added(whole)).toEqual([]);
});

test('Baicai’s need_expand_prompt is told in the header of notes', async () => {
  const input = {
    ...{ prompt: '@cup steams', resolution: '360p', duration: 5 },
    mutil_reference: [{ type: 'subject', name: 'cup', urls: ['https://media.example.com/cup.png'] }],
  };
  const body = { selected_model: 'PixVerse-v4.5-MR2V', input, need_expand_prompt: true };
  const answer = await app.fetch(post('/baicai/v1/videos/generations', body, { authorization: 'Bearer sk-x' }));
  expect([answer.status, answer.headers.get('x-refreel-notes')]).toEqual([
    200,
    expect.stringContaining('prompt_expanded shots%5B0%5D.prompt'),
  ]);
});
