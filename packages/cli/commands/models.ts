import { cards, closestModel, filterCards, findCard, findSource, takesInput } from '@refreel/core/catalog';
import {
  type Card,
  type InputName,
  inputNames,
  inputWords,
  type Language,
  problem,
  Refusal,
  showExact,
} from '@refreel/core/model';
import { type Command, Option } from 'commander';
import { languageFrom } from '../show/words.ts';

interface ModelFlags {
  readonly input?: readonly InputName[];
  readonly audio?: boolean;
  readonly shots?: boolean;
  readonly seconds?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly lang?: string;
}

export function addModels(program: Command): void {
  program
    .command('models')
    .summary('list the models, or tell all about one')
    .description(
      'Lists every model with what it takes and costs; with an id, everything that is known about it, each fact with its source.',
    )
    .argument('[id]')
    .addOption(new Option('--input <names...>', 'only models that take these').choices(inputNames))
    .option('--audio', 'only models that make sound')
    .option('--shots', 'only models that take several shots')
    .option('--seconds <number>', 'only models that make films of that length')
    .option('--offline', 'only what is made here')
    .option('--json', 'print the cards as JSON')
    .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'zh']))
    .action((id: string | undefined, flags: ModelFlags) => {
      const language = languageFrom(flags.lang);
      const found = id === undefined ? undefined : findCard(id);
      if (id !== undefined && found === undefined)
        throw new Refusal(problem('unknown_model', 'model', { found: id, closest: closestModel(id) }));
      if (found !== undefined)
        process.stdout.write(flags.json ? `${JSON.stringify(found, null, 2)}\n` : tellCard(found, language));
      else
        process.stdout.write(
          flags.json ? `${JSON.stringify(wanted(flags), null, 2)}\n` : listCards(wanted(flags), language),
        );
    });
}

function wanted(flags: ModelFlags): readonly Card[] {
  return filterCards(
    {
      ...(flags.input !== undefined && { inputs: flags.input }),
      ...(flags.audio && { audio: true }),
      ...(flags.shots && { severalShots: true }),
      ...(flags.seconds !== undefined && { seconds: Number(flags.seconds) }),
      ...(flags.offline && { offline: true }),
    },
    cards,
  );
}

function inputsOf(card: Card, language: Language): string {
  return (['subject', 'scene', 'image', 'video', 'voice', 'startFrame', 'endFrame'] as const)
    .filter((input) => takesInput(card, input))
    .map((input) => inputWords[input][language])
    .join(', ');
}

function secondsOf(card: Card): string {
  const ranges = card.seconds.limits.filter(({ newer, when }) => newer !== true && when === undefined);
  return ranges
    .map(({ oneOf, from, to }) => (oneOf === undefined ? `${from ?? 0}-${to ?? '…'}` : oneOf.join('/')))
    .join(' ');
}

function priceOf(card: Card): string {
  const rates = card.price?.rates.map(({ micros }) => micros).filter((micros) => micros !== null) ?? [];
  if (card.price === null || rates.length === 0) return '?';
  const show = (micros: number) => showExact({ micros, currency: card.price!.currency });
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (most === 0) return '0';
  return least === most ? `${show(least)}/s` : `${show(least)}-${show(most)}/s`;
}

function listCards(list: readonly Card[], language: Language): string {
  const heads = language === 'en' ? ['id', 'seconds', 'price', 'takes'] : ['模型', '秒', '价格', '输入'];
  const rows = list.map((card) => [card.id, secondsOf(card), priceOf(card), inputsOf(card, language)]);
  const widths = heads.map((head, column) =>
    Math.max(...[heads, ...rows].map((row) => shownWidth(row[column] ?? head))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - shownWidth(cell)))
      .join('  ')
      .trimEnd();
  return `${[heads, ...rows].map(line).join('\n')}\n`;
}

/** Columns of a terminal: a Han character takes two. */
function shownWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(letter) ? 2 : 1;
  return width;
}

function tellCard(card: Card, language: Language): string {
  const lines = [
    `${card.id}  ${card.name[language]}`,
    `  ${card.method[language]}. ${card.bestFor[language]}.`,
    `  ${language === 'en' ? 'takes' : '输入'}: ${inputsOf(card, language)}`,
    `  ${language === 'en' ? 'seconds' : '时长'}: ${secondsOf(card)} (${card.seconds.default ?? '-'})`,
    `  ${language === 'en' ? 'films' : '规格'}: ${card.formats.list.map(({ width, height }) => `${width}x${height}`).join(', ') || 'any'}`,
    `  ${language === 'en' ? 'price' : '价格'}: ${priceOf(card)}`,
  ];
  const keys = new Set(
    JSON.stringify(card)
      .match(/"source":"[^"]+"/g)
      ?.map((text) => text.slice(10, -1)),
  );
  for (const key of keys) {
    const source = findSource(key);
    if (source !== undefined && key !== 'ours')
      lines.push(`  ${language === 'en' ? 'source' : '来源'}: ${source.title} (${source.date})`);
  }
  return `${lines.join('\n')}\n`;
}
