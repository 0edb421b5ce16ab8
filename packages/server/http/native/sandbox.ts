import { shapeMessage } from '@refreel/core/authoring';
import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import type { ClockReading } from '../../sandbox/clock.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

const ClockAnswer = z.object({
  /** What it shows. */
  now: z.iso.datetime(),
  /** How far it is ahead of the real one. */
  offsetSeconds: z.number(),
});

/** A hundred years, so that no time that is made of it is beyond what dates can be. */
const mostSeconds = 100 * 366 * 86_400;
const common = { path: '/v1/sandbox/clock', access: 'operator', owned: false, group: 'Sandbox' } as const;

/** The clock that states and expiries of the stand-ins go by. */
export const sandboxRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'GET',
    summary: 'The clock by which stand-ins show states, and by which films and tasks expire',
    answers: { 200: { says: 'What it shows', schema: ClockAnswer } },
    answer: async (_, { clock }) => json(200, show(await clock.read())),
  }),
  route({
    ...common,
    method: 'POST',
    summary: 'Move it forward: by seconds, or to a time',
    body: {
      schema: z.union(
        [
          z.strictObject({ advanceSeconds: z.number().min(0).max(mostSeconds) }),
          z.strictObject({ now: z.iso.datetime({ offset: true }) }),
        ],
        {
          error: shapeMessage({
            en: 'an object with "advanceSeconds" or "now"',
            zh: '含“advanceSeconds”或“now”的对象',
          }),
        },
      ),
    },
    answers: {
      200: { says: 'What it shows now', schema: ClockAnswer },
      422: { says: 'It shows a later time already' },
    },
    async answer({ body }, { clock }) {
      const { now } = await clock.read();
      const wanted = 'now' in body ? Date.parse(body.now) - now : body.advanceSeconds * 1000;
      if (wanted < 0) throw new Refusal(problem('clock_back', 'now', { limit: new Date(now).toISOString() }));
      if (now + wanted > Date.now() + mostSeconds * 1000) {
        const found = { en: 'it is more than a hundred years ahead', zh: '超前一百年以上' };
        throw new Refusal(problem('invalid_request', 'now', { found }));
      }
      const moved = Math.round(wanted);
      return json(200, show(moved === 0 ? await clock.read() : await clock.advance(moved)));
    },
  }),
];

function show({ now, offset }: ClockReading) {
  return { now: new Date(now).toISOString(), offsetSeconds: offset / 1000 };
}
