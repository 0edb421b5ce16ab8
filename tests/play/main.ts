import { existsSync } from 'node:fs';
import { type Dialect, dialects, findDialect } from '@refreel/core/dialects';
import type { AskGolden, Goldens } from '../../packages/core/dialects/golden.ts';
import { creatingGoldens, play } from './play.ts';
import { showPlayed } from './show.ts';

const usage = 'npm run play -- <dialect> [<example> [<dialect>[:<model>]]]';

/** Prints a documented request of one vendor as Refreel reads it, and as another vendor would get it. */
async function main([from, example, to = from]: readonly string[]): Promise<string> {
  if (from === undefined) return `${usage}\n\ndialects: ${dialects.map(({ id }) => id).join(', ')}\n`;
  const dialect = dialectOf(from);
  const asks = creatingGoldens(dialect, await asksOf(dialect));
  if (example === undefined) return `${usage}\n\n${asks.map(({ name }) => `  "${name}"`).join('\n')}\n`;
  const [target = '', model] = (to ?? from).split(':');
  return showPlayed(play(dialect, goldenOf(asks, example), dialectOf(target), model));
}

function dialectOf(id: string): Dialect {
  const found = findDialect(id);
  if (found === undefined)
    throw new Error(`no dialect "${id}"; there are: ${dialects.map((one) => one.id).join(', ')}`);
  return found;
}

/** The example of that name, or the only one whose name has these words. */
function goldenOf(asks: readonly AskGolden[], words: string): AskGolden {
  const exact = asks.find(({ name }) => name === words);
  const like = asks.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()));
  const [only, ...others] = exact === undefined ? like : [exact];
  if (only !== undefined && others.length === 0) return only;
  const names = (only === undefined ? asks : like).map(({ name }) => `  "${name}"`);
  throw new Error(`${only === undefined ? 'no' : 'more than one'} example "${words}"; there are:\n${names.join('\n')}`);
}

async function asksOf({ id }: Dialect): Promise<readonly AskGolden[]> {
  const file = new URL(`../../packages/core/dialects/${id}/goldens/index.ts`, import.meta.url);
  if (!existsSync(file)) throw new Error(`${id} has no examples at ${file.pathname}`);
  const { goldens } = (await import(file.href)) as { goldens: Goldens };
  return goldens.asks;
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
