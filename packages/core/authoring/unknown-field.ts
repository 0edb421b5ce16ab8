import { editDistance } from '../model/edit-distance.ts';
import { type Localized, type Problem, problem } from '../model/index.ts';
import { AuthoredRequest } from './authored.ts';

/** What vendors and other tools call our fields; of several, the one that is a field at that place counts. */
const otherNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['resolution', ['tier']],
  ['duration', ['seconds']],
  ['length', ['seconds']],
  ['aspectratio', ['ratio']],
  ['elements', ['references']],
  ['subjects', ['references']],
  ['imageurl', ['image', 'startFrame']],
  ['imageurls', ['angles', 'references']],
  ['frontalimageurl', ['image']],
  ['referenceimageurls', ['angles', 'references']],
  ['videourl', ['video', 'clip']],
  ['generateaudio', ['audio']],
  ['sound', ['audio']],
  ['negativeprompt', ['negativePrompt']],
  ['promptextend', ['expand']],
  ['multiprompt', ['shots']],
  ['firstframe', ['startFrame']],
  ['lastframe', ['endFrame']],
  ['imagetail', ['endFrame']],
  ['numberofvideos', ['count']],
  ['n', ['count']],
  ['video', ['clip']],
]);

/**
 * A field that nobody knows. `known` are the fields of its place: they are listed where `list` says so, which is once for all that
 * are unknown there.
 */
export function unknownField(path: string, field: string, known: readonly string[], list: boolean): Problem {
  return problem('unknown_field', path, { limit: known, hint: hintOf(ourName(field, known), known, list) });
}

/** What a vendor's field is called here; undefined where it is like none. */
export function ourName(field: string, known: readonly string[]): string | undefined {
  const plain = field.toLowerCase().replace(/[_-]/g, '');
  return otherNames.get(plain)?.find((name) => known.includes(name));
}

/** Whether a word at the head of a text is, or was meant to be, a field of a request. */
export function isFieldLike(word: string): boolean {
  const fields = Object.keys(AuthoredRequest.shape);
  if (fields.includes(word)) return true;
  // Fields start small; "Sound:" and "Mood:" are how people head a part of a prompt.
  if (!/^[a-z]/.test(word)) return false;
  if (ourName(word, fields) !== undefined) return true;
  return fields.some((field) => editDistance(word, field) <= (field.length < 6 ? 1 : 2));
}

function hintOf(meant: string | undefined, known: readonly string[], list: boolean): Localized {
  if (meant !== undefined) return { en: `Here it is called ${meant}.`, zh: `此处写作 ${meant}。` };
  if (!list) return { en: 'Remove it, or correct its name.', zh: '请删除或改正字段名。' };
  return {
    en: `Remove it, or correct its name. Known fields here: ${known.join(', ')}.`,
    zh: `请删除或改正字段名。此处可用字段：${known.join('、')}。`,
  };
}
