import { type Card, holds, type Limit, type Setting, type Situation, sizeWords } from '@refreel/core/model';

/** What may be chosen of a number: a range, single values, or both. */
export interface NumberChoices {
  readonly range: { readonly from: number; readonly to: number; readonly step: number } | undefined;
  readonly values: readonly number[];
}

/** The numbers that a setting offers in a situation. Without any limit that holds, nothing is offered. */
export function numberChoices({ limits }: Setting, situation: Situation): NumberChoices {
  const holding = limits.filter(({ when }) => holds(when, situation));
  const ranges = holding.filter((limit) => limit.from !== undefined && limit.to !== undefined);
  const values = holding.flatMap(({ oneOf }) => oneOf ?? []).filter((value) => typeof value === 'number');
  const [first] = ranges;
  const range = first && {
    from: Math.min(...ranges.map(({ from }) => from!)),
    to: Math.max(...ranges.map(({ to }) => to!)),
    step: ranges.every(({ whole }) => whole === true) ? 1 : 0.1,
  };
  return { range, values: [...new Set(values)].sort((one, other) => one - other) };
}

/** The words that a setting offers in a situation: modes, for example. */
export function wordChoices(setting: Setting | null, situation: Situation): string[] {
  const holding = (setting?.limits ?? []).filter(({ when }) => holds(when, situation));
  return [...new Set(holding.flatMap(({ oneOf }) => oneOf ?? []).filter((value) => typeof value === 'string'))];
}

/** Whether a switch can be both on and off. */
export function canSwitch(setting: Setting | null): boolean {
  const values = (setting?.limits ?? []).flatMap(({ oneOf }: Limit) => oneOf ?? []);
  return values.includes(true) && values.includes(false);
}

/** What a model makes of shots, in seconds; undefined where its card says nothing. */
export interface ShotLimits {
  readonly each: { readonly from: number; readonly to: number } | undefined;
  /** The longest film. */
  readonly all: number | undefined;
  /** How many shots there may be. */
  readonly count: number | undefined;
  /** Seconds go by this. */
  readonly step: number;
}

/** The limits of shots in a situation. */
export function shotLimits({ seconds, shots }: Card, situation: Situation): ShotLimits {
  const { range, values } = numberChoices(seconds, situation);
  const ends = [...values, ...(range === undefined ? [] : [range.to])];
  return {
    each: shots.each,
    all: ends.length === 0 ? undefined : Math.max(...ends),
    count: shots.most,
    step: range?.step ?? 1,
  };
}

/** What is offered where any size can be made; everything else can be asked for in a request. */
const usualRatios = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'];
const usualTiers = ['480p', '720p', '1080p'];

/** Shapes of film that a card offers: by size, or by ratio and tier. */
export interface ShapeChoices {
  readonly sizes: readonly string[];
  readonly ratios: readonly string[];
  readonly tiers: readonly string[];
}

/** The shapes that a card offers in a mode. */
export function shapeChoices({ formats }: Card, mode: string | undefined): ShapeChoices {
  if (formats.list.length === 0) return { sizes: [], ratios: usualRatios, tiers: usualTiers };
  const offered = formats.list.filter((one) => one.mode === undefined || mode === undefined || one.mode === mode);
  const distinct = (values: readonly string[]) => [...new Set(values)];
  if (formats.size === 'pixels') return { sizes: distinct(offered.map(sizeWords)), ratios: [], tiers: [] };
  return {
    sizes: [],
    ratios: distinct(offered.map(({ ratio }) => ratio)),
    tiers: distinct(offered.map(({ tier }) => tier)),
  };
}
