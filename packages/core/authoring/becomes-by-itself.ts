import { type Request, writeNamedMention } from '../model/index.ts';
import type { Becomes } from './becomes.ts';
import type { Review } from './review-with.ts';

/**
 * What a field becomes where that is the way of the wire and no note says it: names and mentions become the vendor's tags, several shots
 * one prompt. Undefined where it stays what it is.
 */
export function becomesByItself(path: string, request: Request, review: Review): Becomes | undefined {
  const name = /^references\[(\d+)\]\.name$/.exec(path);
  if (name !== null) return nameThere(Number(name[1]), request, review);
  const shot = /^shots\[(\d+)\]\.(prompt|seconds)$/.exec(path);
  if (shot === null) return undefined;
  const index = Number(shot[1]);
  return shot[2] === 'prompt' ? promptThere(index, request, review) : secondsThere(index, request, review);
}

function nameThere(index: number, { references, shots }: Request, { tags }: Review): Becomes | undefined {
  const reference = references[index];
  const tag = tags[index]?.tag;
  if (reference === undefined || tag === `@${reference.name}` || tag === reference.name) return undefined;
  if (tag !== undefined) return tag;
  const isNamed = shots.some(({ prompt }) =>
    prompt.some((part) => typeof part !== 'string' && part.mention === reference.id),
  );
  return isNamed ? { en: 'a plain word', zh: '普通文字' } : { en: 'its place in the list', zh: '列表中的次序' };
}

/** Mentions as the vendor reads them: "@mei → @Element1", and "@mei → mei" where it cannot point at one. */
function promptThere(index: number, { references, shots }: Request, { tags, card }: Review): Becomes | undefined {
  if (card === undefined || card.prompt.mentions === 'any') return undefined;
  const prompt = shots[index]?.prompt ?? [];
  const pairs = prompt.flatMap((part) => {
    if (typeof part === 'string') return [];
    const name = references.find(({ id }) => id === part.mention)?.name ?? part.mention;
    const there = tags.find(({ id }) => id === part.mention)?.tag ?? name;
    const asked = writeNamedMention(part, references);
    return there === asked ? [] : [`${asked} → ${there}`];
  });
  const said = [...new Set(pairs)].join(', ');
  if (said !== '') return said;
  const isPart = shots.length > 1 && card.shots.form !== 'own';
  return isPart ? { en: 'a part of one prompt', zh: '一段提示词的一部分' } : undefined;
}

function secondsThere(index: number, { shots }: Request, { film, card }: Review): Becomes | undefined {
  const asked = shots[index]?.seconds;
  const made = film?.shotSeconds[index];
  if (asked === undefined || made === undefined) return undefined;
  if (shots.length > 1 && card?.shots.form === 'shot-list') return `Shot ${index + 1} (${Number(made.toFixed(3))}s)`;
  return Math.abs(asked - made) < 1e-6 ? undefined : String(Number(made.toFixed(3)));
}
