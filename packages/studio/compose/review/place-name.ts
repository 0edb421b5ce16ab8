import type { Reference } from '@refreel/core/model';

/** A place of the request as people call it: a reference by its name. */
export function placeName(path: string, references: readonly Reference[]): string {
  const index = /^references\[(\d+)\]/.exec(path)?.[1];
  const name = index === undefined ? undefined : references[Number(index)]?.name;
  return name === undefined ? path : `@${name}`;
}
