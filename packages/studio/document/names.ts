import type { Reference, ReferenceKind } from '@refreel/core/model';

/** A name that none of the references has: of the file where that can be one, else of the kind. */
export function freeName(wanted: string | undefined, kind: ReferenceKind, references: readonly Reference[]): string {
  const base = cleanName(wanted ?? '') || kind;
  const taken = new Set(references.map(({ name }) => name.normalize('NFC').toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 && base !== kind ? base : `${base}${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** What of a file's name, or of what somebody typed, can be a name: letters, digits, "_" and "-"; short enough to be read in a prompt. */
export function cleanName(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\.\w{2,5}$/, '')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, 20)
    .replace(/[_-]+$/, '');
}
