import { takeAs } from '../../model/check/take.ts';
import { togetherWords } from '../../model/check/words.ts';
import {
  type Card,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
  type Request,
} from '../../model/index.ts';
import { Name } from '../../model/reference.ts';
import { isInline, isWebAddress } from '../addresses.ts';
import { shown } from '../shown.ts';
import type { WireInput, WireReference } from './wire.ts';

const field = 'input.mutil_reference';

/** What the list of references says in the house's words. */
export interface DecodedReferences {
  readonly references: Reference[];
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * How many there may be is looked at when all else is read, but for so many: each "@" of a prompt is held against every name, and strangers
 * send thousands of both.
 */
const mostNames = 20;

/** Reads the references: a subject, or a background, which is a scene here. The first picture is the frontal one. */
export function decodeReferences(input: WireInput, card: Card): DecodedReferences {
  const count = input.mutil_reference?.length ?? 0;
  if (count > mostNames) return { references: [], problems: countProblems(count, card), notes: [] };
  const references: Reference[] = [];
  const problems: Problem[] = [];
  const notes: Note[] = [];
  for (const [index, one] of (input.mutil_reference ?? []).entries()) {
    const path = `${field}[${index}]`;
    const { type, name, urls, ...more } = one;
    for (const [key, value] of Object.entries(more))
      notes.push(makeNote('setting_ignored', `${path}.${key}`, { found: shown(value), model: card.id }));
    const wrong = [...nameProblems(name, path), ...urlProblems(one, path, card)];
    problems.push(...wrong);
    const [image, ...angles] = urls;
    if (wrong.length > 0 || image === undefined) continue;
    const kind = type === 'subject' ? 'subject' : 'scene';
    const known = { kind, id: `r${index + 1}`, name, image } as const;
    references.push(angles.length === 0 ? known : { ...known, angles });
  }
  return { references, problems, notes };
}

function countProblems(found: number, card: Card): Problem[] {
  return card.totals.flatMap(({ of, most, source }) => {
    if (most === undefined || found <= most) return [];
    const values = { model: card.id, what: togetherWords(of), found, limit: most, over: found - most, condition: '' };
    return [problem('too_many', 'references', values, source)];
  });
}

/** "Unique in the array" is what the page says of names. Of which letters is ours: those that a prompt can call. */
function nameProblems(name: string, path: string): Problem[] {
  if (Name.safeParse(name).success) return [];
  const found = {
    en: `"${shown(name)}" must be 1 to 40 letters, digits, "_" or "-", without spaces and "@"`,
    zh: `“${shown(name)}”应为 1 到 40 个文字、数字、“_”或“-”，不含空格和“@”`,
  };
  return [problem('invalid_request', `${path}.name`, { found })];
}

function urlProblems({ type, urls }: WireReference, path: string, card: Card): Problem[] {
  const { subject, scene } = card.inputs;
  const most = 1 + ((type === 'subject' ? subject : scene)?.mostAngles ?? 0);
  const what = { en: 'pictures of a reference', zh: '参考图像' };
  const values = { model: card.id, what, found: urls.length, condition: '' };
  const { source } = card.inputs;
  if (urls.length === 0) return [problem('too_few', `${path}.urls`, { ...values, limit: 1 }, source)];
  if (urls.length > most)
    return [problem('too_many', `${path}.urls`, { ...values, limit: most, over: urls.length - most }, source)];
  return urls.flatMap((url, index) => (isWebAddress(url) ? [] : [noAddress(`${path}.urls[${index}]`, url)]));
}

/** The list that a request's references become, and what was lost on the way. */
export interface EncodedReferences {
  readonly list: WireReference[];
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes the references. How many there may be is not looked at: a check has done that. */
export function encodeReferences(request: Request, card: Card): EncodedReferences {
  const { taken, notes, problems } = takeAs(request, card);
  const list: WireReference[] = [];
  for (const [index, reference] of taken.references.entries()) {
    // What has no picture was refused above.
    if (reference.kind === 'video' || reference.image === undefined) continue;
    const angles = reference.kind === 'image' ? [] : (reference.angles ?? []);
    const urls = [reference.image, ...angles];
    for (const [place, url] of urls.entries()) {
      const path = place === 0 ? 'image' : `angles[${place - 1}]`;
      if (isInline(url)) problems.push(noAddress(`references[${index}].${path}`, url));
    }
    list.push({ type: reference.kind === 'scene' ? 'background' : 'subject', name: reference.name, urls });
  }
  return { list, problems, notes };
}

function noAddress(path: string, url: string): Problem {
  const limit = {
    en: 'an http or https address; upload local pictures with POST /v1/resources/upload first',
    zh: ' http 或 https 地址；本地图像请先用 POST /v1/resources/upload 上传',
  };
  return problem('media_address', path, { found: shown(url), limit });
}
