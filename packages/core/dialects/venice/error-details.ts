import type { Problem, Request } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import type { Json } from '../message.ts';
import { ownWords } from '../own-words.ts';
import { isElement, isSceneImage } from './mentions.ts';
import { takesElements } from './model.ts';

/** Problems that one error tells of: whoever sends a thousand faults needs no thousand sentences. */
const mostTold = 8;

interface Tree {
  _errors: string[];
  [key: string]: Tree | string[];
}

/** Sentences by the fields that they speak of: `{"_errors":[],"field":{"_errors":["Field is required"]}}`, error page of 2026-08-22. */
export function errorDetails(problems: readonly Problem[], context: CodecContext, request?: Request): Json {
  const root: Tree = { _errors: [] };
  for (const found of problems.slice(0, mostTold)) {
    const field = wireField(found, context, request);
    let at = root;
    for (const key of field.split(/[.[\]]+/).filter((part) => part !== '')) at = branch(at, key);
    const sentence = sentenceOf(found, field);
    if (!at._errors.includes(sentence)) at._errors.push(sentence);
  }
  if (problems.length > mostTold) root._errors.push(`And ${problems.length - mostTold} more.`);
  return root as unknown as Json;
}

function branch(tree: Tree, key: string): Tree {
  const found = Object.hasOwn(tree, key) ? tree[key] : undefined;
  if (found !== undefined && !Array.isArray(found)) return found;
  const made: Tree = { _errors: [] };
  // A key such as "__proto__" came from a stranger.
  Object.defineProperty(tree, key, { value: made, enumerable: true, configurable: true, writable: true });
  return made;
}

function sentenceOf(found: Problem, field: string): string {
  if (found.code === 'field_missing') return 'Field is required';
  return ownWords(found, field === '' ? 'the body' : field, 'en');
}

const names: Readonly<Record<string, string>> = {
  body: '',
  startFrame: 'image_url',
  endFrame: 'end_image_url',
  negativePrompt: 'negative_prompt',
  ratio: 'aspect_ratio',
  tier: 'resolution',
  'shots[0].seconds': 'duration',
  shots: 'duration',
};

/** The vendor's name for a place in a request; a place that came from the wire has it already. */
function wireField({ path, values }: Problem, context: CodecContext, request: Request | undefined): string {
  if (Object.hasOwn(names, path)) return names[path]!;
  if (/^shots\[\d+\]\.prompt$/.test(path)) return 'prompt';
  if (/^shots/.test(path)) return 'duration';
  const model = request?.model ?? values.model;
  const card = typeof model === 'string' ? context.findCard(model) : undefined;
  const flat = card !== undefined && !takesElements(card);
  if (path === 'references') return flat ? 'referenceImageUrls' : fieldOfMany(values.what);
  const [, digits, field, place = '0'] = /^references\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (digits === undefined) return path;
  const index = Number(digits);
  if (flat) return `referenceImageUrls[${index}]`;
  const reference = request?.references[index];
  const before = request?.references.slice(0, index) ?? [];
  if (reference !== undefined && isSceneImage(reference)) return `image_urls[${before.filter(isSceneImage).length}]`;
  // Elements stand first on this wire, so that what only they have tells their place as well.
  const element = `elements[${reference === undefined ? index : before.filter(isElement).length}]`;
  if (field === 'angles') return `${element}.reference_image_urls[${place}]`;
  if (field === 'clip') return `${element}.video_url`;
  return field === undefined || reference !== undefined ? `${element}.frontal_image_url` : `reference ${index + 1}`;
}

/** What passes a limit that counts several fields: elements, if they are among them. */
function fieldOfMany(what: Problem['values'][string] | undefined): string {
  const words = typeof what === 'object' && 'en' in what ? what.en : '';
  return words === '' || /subjects/.test(words) ? 'elements' : 'image_urls';
}
