import { dialects } from '@refreel/core/dialects';
import { describe, expect, test } from 'vitest';
import { formsOf } from './documented-client.ts';
import { probe } from './server.ts';
import { examples, type Stage } from './stage.ts';

/** Documented requests, sent as they stand, become the films that their documents promise, and are told of in documented forms. */
export function describeDocumentedFilms(stage: () => Stage): void {
  describe('a documented request', () => {
    test.each(dialects.map(({ id }) => [id] as const))(
      '%s: becomes the film that its document promises',
      async (id) => {
        const { client, films } = stage().made.get(id)!;
        expect(films).toHaveLength(1);
        const { seconds, ...shape } = examples[id]!.film;
        const probed = await probe(await client.download(films[0]!));
        expect(probed).toMatchObject(shape);
        expect(probed.seconds).toBeCloseTo(seconds, 1);
      },
    );

    test.each(dialects.map(({ id }) => [id] as const))(
      '%s: its answers have the places of a documented one, and no other',
      async (id) => {
        const made = stage().made.get(id)!;
        const told = (await made.client.looks(made.id, made.model)).filter(({ body }) => body.kind === 'json');
        for (const [answer, does, state] of [
          [made.accepted, 'create', 'queued'] as const,
          ...told.map((one) => [one, 'look', 'done'] as const),
        ]) {
          const forms = await formsOf(made.dialect, answer, does, state);
          const same = forms.find(({ is, documented }) => is.join() === documented.join()) ?? forms[0];
          expect(same, `${does}: no documented answer`).toBeDefined();
          expect(same?.is).toEqual(same?.documented);
        }
      },
    );
  });
}
