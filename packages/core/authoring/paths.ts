/** What holds a place of a request, the outermost first, and the place itself: "references", "references[0]", "references[0].image". */
export function holdersOf(path: string): string[] {
  const holders: string[] = [];
  for (const { index } of path.matchAll(/[.[]/g)) holders.push(path.slice(0, index));
  return [...holders, path];
}

/** Whether `path` is `place` or stands in it. */
export function isWithin(path: string, place: string): boolean {
  if (place === '') return path === '';
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
