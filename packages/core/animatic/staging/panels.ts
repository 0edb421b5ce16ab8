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
 * One picture that is a sheet of panels, and a list of as many shots or fewer: as the vendors document it, the sheet is the
 * storyboard, read line by line, and each shot is its panel. Undefined for every other request.
 */
export function panelsOf(request: Request, script: readonly ScriptShot[], facts: Facts): readonly Panel[] | undefined {
  const [reference] = request.references;
  if (reference === undefined || request.references.length > 1 || request.shots.length > 1) return undefined;
  if (reference.kind === 'video' || reference.image === undefined || !script.every(({ listed }) => listed))
    return undefined;
  if (script.some(({ flat }) => flat.mentions.size > 0)) return undefined;
  const picture = facts.media[reference.image];
  if (picture?.kind !== 'image') return undefined;
  const { grid } = picture;
  if (grid === undefined || script.length > grid.columns * grid.rows) return undefined;
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
