import { shapeMessage, unknownModel } from '@refreel/core/authoring';
import { cards, filterCards, findCard } from '@refreel/core/catalog';
import { Card, inputNames, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { flag } from './shapes.ts';

const query = z.strictObject({
  input: z.enum(inputNames).optional(),
  audio: flag.optional(),
  severalShots: flag.optional(),
  seconds: z
    .string()
    .regex(/^\d{1,4}(?:\.\d{1,3})?$/, shapeMessage({ en: 'seconds such as "5" or "2.5"', zh: '秒数，例如“5”或“2.5”' }))
    .transform(Number)
    .optional(),
  offline: flag.optional(),
});

/** What can be asked for. */
export const modelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/models',
    access: 'caller',
    owned: false,
    group: 'Models',
    summary: 'The models, each with everything that is known about it',
    query,
    answers: { 200: { says: 'Cards, in the order of the catalog', schema: z.object({ items: z.array(Card) }) } },
    answer({ query: { input, ...wish } }, { cards: ownCards }) {
      const own = ownCards?.() ?? [];
      const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
      const all = [...own, ...cards.filter(({ id }) => own.every((one) => one.id !== id))];
      return json(200, { items: filterCards({ ...given, ...(input !== undefined && { inputs: [input] }) }, all) });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/models/{id}',
    access: 'caller',
    owned: false,
    group: 'Models',
    summary: 'One model, by its id or an alias',
    answers: {
      200: { says: 'Its card', schema: Card },
      404: { says: 'No such model; the remedy names the closest one' },
    },
    answer({ path }, { cards: ownCards }) {
      const own = ownCards?.() ?? [];
      const card = findCard(path.id!, own);
      if (card === undefined) throw new Refusal(unknownModel(path.id!.slice(0, 200), own));
      return json(200, card);
    },
  }),
];
