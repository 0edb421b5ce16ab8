import type { Exchange } from '../dialect.ts';
import { noBody } from '../message.ts';
import { readAnswer } from './refusal.ts';
import { answerJson } from './video.ts';
import { WireModels } from './wire.ts';

/** Asks for the models: many clients of this shape do so first, and engines tell the one that they run. */
export const models: Exchange<'models'> = {
  does: 'models',
  method: 'GET',
  path: '/models',
  ask: {
    decode: () => ({ ok: true, value: { does: 'models' }, notes: [] }),
    encode: () => ({
      ok: true,
      message: { method: 'GET', path: '/models', query: {}, headers: {}, body: noBody },
      notes: [],
    }),
  },
  answer: {
    encode({ cards }, _, context) {
      // Nobody knows when the models were made: 0, ours.
      const data = cards.map(({ id, dialect }) => ({ id, object: 'model', created: 0, owned_by: dialect }));
      return answerJson({ object: 'list', data }, context);
    },
    decode(answer, _, { findCard }) {
      const read = readAnswer(answer, WireModels);
      if (!read.ok) return read;
      return { ...read, value: { cards: read.value.data.flatMap(({ id }) => findCard(id) ?? []) } };
    },
  },
};
