/** A grid of equal tiles in as many columns as have room. Lengths in pixels. */
export interface GridShape {
  readonly columns: number;
  /** From the top of one row to the top of the next. */
  readonly rowHeight: number;
  readonly tileWidth: number;
  readonly gap: number;
}

/** Below a tile's picture, with its borders. */
const wordsHeight = 46;

/** How tiles of at least `least` pixels stand in a width, their pictures 16:9. */
export function gridShape(width: number, least: number, gap: number): GridShape {
  const columns = Math.max(1, Math.floor((width + gap) / (Math.min(least, width) + gap)));
  const tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  return { columns, tileWidth, gap, rowHeight: Math.round((tileWidth * 9) / 16) + wordsHeight + gap };
}

/**
 * The tiles that stand in the view or near it, as the first and the one after the last. `top` is where the view begins in the grid (negative
 * above it), `height` how much of the page is seen.
 */
export function tilesInView(
  { columns, rowHeight }: GridShape,
  count: number,
  { top, height }: { readonly top: number; readonly height: number },
): { readonly from: number; readonly to: number } {
  const near = height / 2;
  const first = Math.floor((top - near) / rowHeight);
  const last = Math.ceil((top + height + near) / rowHeight);
  const from = Math.min(count, Math.max(0, first * columns));
  return { from, to: Math.max(from, Math.min(count, Math.max(0, last * columns))) };
}

/** The tile that a key leads to; undefined for any other key. */
export function tileAfter(key: string, at: number, count: number, columns: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to === undefined || to < 0 || to >= count ? undefined : to;
}
