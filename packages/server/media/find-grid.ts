/** A picture that is several: panels side by side and below each other, all of one size. */
export interface PanelGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Panels of more than four a side are too small to draw a film from. */
const mostPanels = 4;
/** A line between panels breaks the picture that many times as much as its usual line does. Photographs stay below 2 in one direction at least. */
const contrast = 2.1;
/** Grey levels between neighbours; more count as this, so that one bright spot does not make a line. */
const mostStep = 40;
/** A usual line of a flat picture breaks less than this; it must not make every edge look like much. */
const leastUsual = 6;
/** How far from its place an edge may be, as a share of the picture: gutters have a width. */
const reach = 0.025;

/**
 * Finds the grid of a storyboard sheet in a small grey copy of a picture (side x side pixels): the finest even division in both
 * directions at all of whose lines the picture breaks. Undefined for an ordinary picture.
 */
export function findGrid(grey: Uint8Array, side: number): PanelGrid | undefined {
  const columns = panelsAlong(breaksOf(grey, side, 1, side), side);
  const rows = panelsAlong(breaksOf(grey, side, side, 1), side);
  return columns > 1 && rows > 1 ? { columns, rows } : undefined;
}

function panelsAlong(breaks: readonly number[], side: number): number {
  const usual = [...breaks].sort((one, other) => one - other)[Math.floor(breaks.length / 2)] ?? 0;
  const enough = contrast * Math.max(usual, leastUsual);
  for (let panels = mostPanels; panels > 1; panels -= 1) {
    const inner = Array.from({ length: panels - 1 }, (_, index) => ((index + 1) * side) / panels);
    if (inner.every((at) => nearest(breaks, at, side) >= enough)) return panels;
  }
  return 1;
}

/** For each line across the picture, by how much its two neighbours differ on the average. */
function breaksOf(grey: Uint8Array, side: number, across: number, along: number): number[] {
  return Array.from({ length: side }, (_, line) => {
    if (line < 2 || line > side - 3) return 0;
    let sum = 0;
    for (let at = 0; at < side; at += 1) {
      const here = line * across + at * along;
      sum += Math.min(mostStep, Math.abs(grey[here + across]! - grey[here - across]!));
    }
    return sum / side;
  });
}

function nearest(breaks: readonly number[], at: number, side: number): number {
  const far = Math.ceil(side * reach);
  return Math.max(...breaks.slice(Math.round(at) - far, Math.round(at) + far + 1));
}
