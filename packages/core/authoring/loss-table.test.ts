import { expect, it } from 'vitest';
import { cards, findCard } from '../catalog/index.ts';
import { goldens as baicai } from '../dialects/baicai/goldens/index.ts';
import { goldens as dashscope } from '../dialects/dashscope/goldens/index.ts';
import type { Goldens } from '../dialects/golden.ts';
import { dialects, findExchange } from '../dialects/index.ts';
import { goldens as openai } from '../dialects/openai/goldens/index.ts';
import { goldens as qiniu } from '../dialects/qiniu/goldens/index.ts';
import { goldens as toapis } from '../dialects/toapis/goldens/index.ts';
import { goldens as venice } from '../dialects/venice/goldens/index.ts';
import { noFacts, type Request } from '../model/index.ts';
import { type FieldFate, type LossReport, lossReport } from './index.ts';

const all: Readonly<Record<string, Goldens>> = { dashscope, openai, qiniu, venice, toapis, baicai };

it('what becomes of the documented requests of every dialect on every model is what stands in loss-table.txt', async () => {
  const parts = dialects.flatMap((dialect) =>
    samplesOf(dialect.id).map(({ name, request }) => {
      const models = cards.map(({ id }) => linesOf(lossReport(request, id, noFacts)).join('\n'));
      return [`== ${dialect.id}: ${name}`, ...models].join('\n');
    }),
  );
  expect(parts.length).toBeGreaterThan(20);
  await expect(`${head}${parts.join('\n\n')}\n`).toMatchFileSnapshot('loss-table.txt');
});

const head = `What becomes of documented requests on every model; written by loss-table.test.ts, and read by people.
! refused   - less than asked   ~ in other words. What is not listed of a request is exact.

`;

/** Requests of a dialect's documents, one of each make. */
function samplesOf(id: string): { name: string; request: Request }[] {
  const dialect = dialects.find((one) => one.id === id)!;
  const makes = new Set<string>();
  return all[id]!.asks.flatMap(({ name, ask, region = dialect.bases[0]?.region }) => {
    const found = findExchange(dialect, ask.method, ask.path);
    const read = found?.exchange.ask.decode(ask, found.parts, { requestId: '', now: 0, region, findCard });
    if (read?.ok !== true || read.value.does !== 'create') return [];
    const { request } = read.value;
    const make = makeOf(request);
    if (makes.has(make)) return [];
    makes.add(make);
    return [{ name, request }];
  });
}

function makeOf({ references, shots, model: _, ...settings }: Request): string {
  const kinds = references.map((one) => [one.kind, 'voice' in one, 'angles' in one, one.kind === 'video' && one.use]);
  return JSON.stringify([
    kinds,
    shots.length,
    Object.keys(settings).filter((key) => key !== 'seed' && key !== 'audio'),
  ]);
}

const signs = { exact: '', converted: '~', degraded: '-', refused: '!' } as const;

function linesOf({ model, ok, okStrict, fields, counts, whole, quote }: LossReport): string[] {
  const verdict = ok ? (okStrict ? 'all' : 'less than asked') : 'refused';
  const price = quote?.total == null ? '' : `, ${quote.total.micros / 1e6} ${quote.total.currency}`;
  // What a refused reference holds is refused with it.
  const refused = fields
    .filter(({ fate, problems }) => fate === 'refused' && problems.length > 0)
    .map(({ path }) => path);
  const isTold = ({ fate, path }: FieldFate) => fate !== 'exact' && !refused.some((one) => path.startsWith(`${one}.`));
  const missing = whole.problems.map(({ code, path }) => `  ! ${path}: ${code}`);
  return [`${model}: ${verdict}, ${counts.exact} exact${price}`, ...fields.filter(isTold).map(lineOf), ...missing];
}

function lineOf({ path, asked, fate, becomes, notes, problems }: FieldFate): string {
  const short = asked.replace(/\s+/g, ' ');
  const words = typeof becomes === 'object' ? becomes.en : becomes;
  const there = words === undefined ? '' : ` -> ${words}`;
  const why = [...problems, ...notes].map(({ code }) => code).join(', ');
  return `  ${signs[fate]} ${path} ${short.length > 40 ? `${short.slice(0, 39)}…` : short}${there}${why === '' ? '' : ` (${why})`}`;
}
