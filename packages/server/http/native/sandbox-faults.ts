import { findCard } from '@refreel/core/catalog';
import { findDialect } from '@refreel/core/dialects';
import { type Localized, type Problem, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { readFaultName } from '../../sandbox/fault-table.ts';
import { faultText, standsAnywhere, unknownFault } from '../../sandbox/faults-asked.ts';
import { type ArmedFault, armedFaults, armFault, disarmFaults } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

const places = ['create', 'look', 'content'] as const;
const Fault = z.object({
  id: z.string(),
  fault: z.string(),
  on: z.enum(places),
  dialect: z.string().nullable(),
  model: z.string().nullable(),
  times: z.int(),
  /** How often it will still be shown. */
  remaining: z.int(),
  armedAt: z.iso.datetime(),
});

const mostTimes = 1_000_000;
const mostShown = 1000;
const common = { path: '/v1/sandbox/faults', access: 'operator', owned: false, group: 'Sandbox' } as const;

/** Faults for requests that nobody can mark. */
export const faultRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    summary: 'Have the next requests of a kind go wrong',
    body: {
      schema: z.strictObject({
        fault: z.string().max(100),
        on: z.enum(places).optional(),
        dialect: z.string().max(40).optional(),
        model: z.string().max(200).optional(),
        times: z.int().min(1).max(mostTimes).optional(),
      }),
    },
    answers: {
      201: { says: 'It waits', schema: Fault },
      400: { says: 'There is no such fault, or it cannot show there; the names are told' },
      409: { says: 'This server was not started with --sandbox-faults' },
    },
    async answer({ body }, { database, faultsObeyed }) {
      const { fault: text, on = 'create', dialect, model, times = 1 } = body;
      if (!faultsObeyed) throw new Refusal(problem('faults_not_obeyed', ''));
      const fault = readFaultName(text);
      if (fault === undefined) throw unknownFault(text, 'fault');
      const problems: Problem[] = [];
      if (on !== 'create' && !standsAnywhere(fault))
        problems.push(
          refuse('on', {
            en: `"${fault.name}" is armed for "create" alone`,
            zh: `“${fault.name}”只能用于“create”`,
          }),
        );
      if (dialect !== undefined && dialect !== 'native' && findDialect(dialect) === undefined)
        problems.push(refuse('dialect', { en: `there is no dialect "${dialect}"`, zh: `没有方言“${dialect}”` }));
      const card = model === undefined ? undefined : findCard(model);
      if (model !== undefined && card === undefined)
        problems.push(refuse('model', { en: `there is no model "${model}"`, zh: `没有模型“${model}”` }));
      if (problems.length > 0) throw new Refusal(...problems);
      const armed = { fault: faultText(fault), askedFor: on, dialect, model: card?.id, times };
      return json(201, show(await armFault(database.connection, armed)));
    },
  }),
  route({
    ...common,
    method: 'GET',
    summary: 'The faults that were armed, oldest first',
    answers: {
      200: { says: 'The first thousand', schema: z.object({ obeyed: z.boolean(), items: z.array(Fault) }) },
    },
    async answer(_, { database, faultsObeyed }) {
      const items = await armedFaults(database.connection, mostShown);
      return json(200, { obeyed: faultsObeyed, items: items.map(show) });
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    summary: 'Disarm all of them',
    answers: { 200: { says: 'How many still waited', schema: z.object({ disarmed: z.int() }) } },
    answer: async (_, { database }) => json(200, { disarmed: await disarmFaults(database.connection) }),
  }),
];

function show({ askedFor, ...fault }: ArmedFault) {
  return { ...fault, on: askedFor };
}

function refuse(path: string, found: Localized): Problem {
  return problem('invalid_request', path, { found });
}
