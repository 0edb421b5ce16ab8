import { unknownModel } from '@refreel/core/authoring';
import { cards, filterCards, findCard } from '@refreel/core/catalog';
import { type InputName, inputNames, Refusal } from '@refreel/core/model';
import { exitCodes } from '../exit-codes.ts';
import type { ModelFlags } from '../flags.ts';
import type { Fail } from '../request-flags.ts';
import { cardLines, cardTable } from '../show/card.ts';
import { languageFrom } from '../show/words.ts';

/** Lists the models that are wanted, or tells all about one. The answer is the exit code. */
export function tellModels(id: string | undefined, flags: ModelFlags, fail: Fail): number {
  const language = languageFrom(flags.lang);
  if (id === undefined) {
    const list = wanted(flags, fail);
    write(flags.json ? JSON.stringify(list, null, 2) : cardTable(list, language).join('\n'));
    return exitCodes.done;
  }
  const card = findCard(id);
  if (card === undefined) throw new Refusal(unknownModel(id));
  write(flags.json ? JSON.stringify(card, null, 2) : cardLines(card, language).join('\n'));
  return exitCodes.done;
}

function wanted({ input = [], audio, shots, seconds, offline }: ModelFlags, fail: Fail) {
  const stranger = input.find((name) => !(inputNames as readonly string[]).includes(name));
  if (stranger !== undefined) fail(`--input: "${stranger}" is none of ${inputNames.join(', ')}`);
  return filterCards(
    {
      inputs: input as readonly InputName[],
      ...(audio && { audio }),
      ...(shots && { severalShots: true }),
      ...(seconds !== undefined && { seconds }),
      ...(offline && { offline }),
    },
    cards,
  );
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
