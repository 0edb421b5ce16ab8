import type { Reference } from '@refreel/core/model';
import { translator } from '../../words/words.ts';
import { isField } from './field-names.ts';

/** A place of the request as people call it, at the beginning of a sentence: "@mei", "Shot 2", "Shot 2 · seconds", "Resolution". */
export function placeName(path: string, references: readonly Reference[]): string {
  const t = translator();
  const [, list, at, rest = ''] = /^(references|shots)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (list === 'references') return `@${references[Number(at)]?.name ?? ''}`;
  const field = list === undefined ? path : rest;
  const what = isField(field) ? t(`send.fields.${field}`) : field;
  if (list === undefined) return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
  const shot = t('send.shot', { number: Number(at) + 1 });
  return what === '' || field === 'prompt' ? shot : `${shot} · ${what}`;
}
