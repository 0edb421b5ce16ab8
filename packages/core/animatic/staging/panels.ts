import type { Box, Facts, Media, Request } from '../../model/index.ts';
import type { ScriptShot } from '../reading/script.ts';

/** The part of a storyboard picture that shows one shot. */
export interface Panel {
  readonly media: Media;
  readonly crop: Box;
}

/** Share of a panel at each side that may be its frame or its gutter. */
const gutter = 0.03;

/**
 * One picture and a storyboard of 4, 6, 8, 9, 12 or 16 shots: as the vendors document it, the picture is the storyboard, a grid
 * of panels read line by line, and each shot is its panel. Undefined for every other request.
 */
export function panelsOf(request: Request, script: readonly ScriptShot[], facts: Facts): readonly Panel[] | undefined {
  const [reference] = request.references;
  if (reference === undefined || request.references.length > 1 || request.shots.length > 1) return undefined;
  if (reference.kind === 'video' || reference.image === undefined || !script.every(({ listed }) => listed))
    return undefined;
  if (script.some(({ flat }) => flat.mentions.size > 0)) return undefined;
  const picture = facts.media[reference.image];
  if (picture?.kind !== 'image') return undefined;
  const grid = gridOf(script.length, picture.width / picture.height);
  if (grid === undefined) return undefined;
  const { image } = reference;
  return script.map((_, index) => {
    const [column, row] = [index % grid.columns, Math.floor(index / grid.columns)];
    const at = (line: number, lines: number, inset: number) => (line + inset) / lines;
    return {
      media: image,
      crop: {
        left: at(column, grid.columns, gutter),
        right: at(column, grid.columns, 1 - gutter),
        top: at(row, grid.rows, gutter),
        bottom: at(row, grid.rows, 1 - gutter),
      },
    };
  });
}

const grids: readonly (readonly [count: number, ...grids: (readonly [columns: number, rows: number])[]])[] = [
  [4, [2, 2], [4, 1], [1, 4]],
  [6, [3, 2], [2, 3]],
  [8, [4, 2], [2, 4]],
  [9, [3, 3]],
  [12, [4, 3], [3, 4]],
  [16, [4, 4]],
];

/** Of the grids with that many panels the one whose panels come nearest to a picture of a film, 3:2. */
function gridOf(count: number, ratio: number): { columns: number; rows: number } | undefined {
  const [, ...fitting] = grids.find(([panels]) => panels === count) ?? [0];
  const off = ([columns, rows]: readonly [number, number]) => Math.abs(Math.log((ratio * rows) / columns / 1.5));
  const [best] = [...fitting].sort((one, other) => off(one) - off(other));
  return best === undefined ? undefined : { columns: best[0], rows: best[1] };
}
