import { openAnimatic } from '@refreel/server/producers/animatic';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { type Prepared, prepare, readWritten } from '../preparation.ts';
import { addRequestFlags, type RequestFlags } from '../request-flags.ts';
import { adviceJson, showAdvice } from '../show/advice.ts';
import { quoteLines, reviewLines } from '../show/film.ts';
import { noteJson, problemJson, showNotes, showProblems } from '../show/findings.ts';
import { languageFrom, say } from '../show/words.ts';

interface LookFlags extends RequestFlags {
  readonly json?: boolean;
  readonly lang?: string;
  readonly region?: string;
}

type What = 'check' | 'quote' | 'advise';

const summaries: Readonly<Record<What, string>> = {
  check: 'say whether a model can make a request, what would be changed, and what it costs',
  quote: 'say what a request costs, line by line, with the source of each price',
  advise: 'say what would make a better film',
};

/** `check`, `quote` and `advise`: the same look at a request, told differently. Nothing is made and nothing is sent. */
export function addLooks(program: Command): void {
  for (const what of ['check', 'quote', 'advise'] as const) {
    const command = program
      .command(what)
      .summary(summaries[what])
      .description(
        `${summaries[what][0]?.toUpperCase()}${summaries[what].slice(1)}. Nothing is made and nothing is sent.`,
      )
      .argument('[request]', 'a request in YAML or JSON, a text file with a prompt, or "-" for standard input');
    addRequestFlags(command)
      .option('--region <id>', 'where the vendor runs it, such as cn-beijing')
      .option('--json', 'print the outcome as JSON')
      .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'zh']))
      .action(async (name: string | undefined, flags: LookFlags) => {
        process.exitCode = await look(what, name, flags, command);
      });
  }
}

async function look(what: What, name: string | undefined, flags: LookFlags, command: Command): Promise<number> {
  const language = languageFrom(flags.lang);
  const { written, folder } = await readWritten(name, flags, command);
  const animatic = await openAnimatic();
  try {
    const prepared = await prepare(written, folder, animatic.measure, flags.region);
    await prepared.media?.close();
    if (flags.json) process.stdout.write(`${JSON.stringify(toJson(prepared, language), null, 2)}\n`);
    else tell(what, prepared, language);
    return prepared.problems.length > 0 ? exitCodes.refused : exitCodes.done;
  } finally {
    await animatic.close();
  }
}

function tell(what: What, { problems, notes, review }: Prepared, language: 'en' | 'zh'): void {
  const out: string[] = [];
  if (problems.length > 0) process.stderr.write(`${showProblems(problems, language)}\n`);
  if (what === 'check' && problems.length === 0) out.push(say('fine', language));
  if (what === 'check' && review !== undefined) out.push(...reviewLines(review, language));
  if (what === 'quote' && review?.quote !== undefined) out.push(...quoteLines(review.quote, language));
  if (what !== 'advise' && notes.length > 0) out.push(showNotes(notes, language));
  if (what !== 'quote' && review !== undefined && (what === 'advise' || review.advice.length > 0))
    out.push(showAdvice(review.advice, language));
  if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`);
}

function toJson({ problems, notes, review }: Prepared, language: 'en' | 'zh') {
  return {
    ok: problems.length === 0,
    problems: problems.map((one) => problemJson(one, language)),
    notes: notes.map((one) => noteJson(one, language)),
    film: review?.film ?? null,
    quote: review?.quote ?? null,
    typicalSeconds: review?.typical ?? null,
    prompt: review?.prompt ?? null,
    tags: review?.tags ?? [],
    advice: review?.advice.map((one) => adviceJson(one, language)) ?? [],
  };
}
