import { review } from '@refreel/core/authoring';
import { noFacts, type Request } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { draftModel, draftOf } from './draft-request.ts';

const request: Request = {
  model: 'kling-o3-pro-reference-to-video',
  references: [{ kind: 'subject', id: 'mei', name: 'mei', image: 'asset:1' }],
  shots: [{ prompt: [{ mention: 'mei' }, ' walks.'], seconds: 4 }, { prompt: ['Rain.'] }],
  ratio: '9:16',
  strict: true,
};

test('a draft has the shape that the film has on its model, and is drawn here', () => {
  const { film } = review(request, noFacts, { advice: false });
  const draft = draftOf(request, film);
  expect(draft).toEqual({
    model: draftModel(),
    references: request.references,
    shots: [request.shots[0], { prompt: ['Rain.'], seconds: 3 }],
    size: { width: 1080, height: 1920 },
    fps: 24,
    audio: false,
  });
  const drawn = review(draft, noFacts, { advice: false });
  expect([drawn.problems, drawn.film?.seconds]).toEqual([[], 7]);
});

test('what is not settled yet is drafted as it was written', () => {
  expect(draftOf(request, undefined)).toMatchObject({ ratio: '9:16', shots: request.shots });
});
