import type { Box, Facts, Media, Request } from '../../model/index.ts';
import type { ScriptShot } from '../reading/script.ts';
import { sheetOf } from '../reading/sheet.ts';

/** The part of a storyboard picture that shows one shot. */
export interface Panel {
  readonly media: Media;
  readonly crop: Box;
}

/** Share of a panel at each side that may be its frame or its gutter. */
const gutter = 0.03;

/**
 * The panel of each shot, where the request's one picture is a sheet and its shots are no more than the panels: as the vendors document
 * it, the sheet is the storyboard, read line by line. Undefined for every other request.
 */
export function panelsOf(request: Request, script: readonly ScriptShot[], facts: Facts): readonly Panel[] | undefined {
  const sheet = sheetOf(request, facts);
  if (sheet === undefined || !script.every(({ listed, panel }) => listed || panel)) return undefined;
  if (script.some(({ flat, panel }) => flat.mentions.size > 0 && !panel)) return undefined;
  const { grid, media } = sheet;
  if (script.length > grid.columns * grid.rows) return undefined;
  return script.map((_, index) => {
    const [column, row] = [index % grid.columns, Math.floor(index / grid.columns)];
    const at = (line: number, lines: number, inset: number) => (line + inset) / lines;
    return {
      media,
      crop: {
        left: at(column, grid.columns, gutter),
        right: at(column, grid.columns, 1 - gutter),
        top: at(row, grid.rows, gutter),
        bottom: at(row, grid.rows, 1 - gutter),
      },
    };
  });
}
