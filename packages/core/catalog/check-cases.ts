import {
  type Card,
  type Condition,
  countInputs,
  holds,
  type InputName,
  type Limit,
  type MediaFacts,
  type MediaLimit,
  type NoteCode,
  type ProblemCode,
  type Reference,
  type Request,
  type Setting,
  type Total,
} from '../model/index.ts';
import { cards } from './cards.ts';
import { ask, clip, footage, image, many, picture, scene, shot, sound, subject, video } from './check-samples.ts';
import { inNewestEdition, inRegion } from './edition.ts';
import { engineCards } from './engines.ts';

/** A request that stands at a limit of a card, or one past it, and what must be said of it. */
export interface LimitCase {
  readonly card: Card;
  readonly what: string;
  readonly request: Request;
  /** Facts of media that are not as the samples have them. */
  readonly media: Readonly<Record<string, MediaFacts>>;
  /** The one problem that must be found; none where the request stands at the limit. */
  readonly refused?: { readonly code: ProblemCode; readonly path: string; readonly values: Record<string, unknown> };
  readonly noted?: { readonly code: NoteCode; readonly path: string };
}

/** Every card as it stands, in each region where it differs, and for accounts of the newest edition; those of engines too. */
export const everyCard: readonly Card[] = [...cards, ...engineCards].flatMap((card) => {
  const regions = (card.regions ?? []).slice(1).map((region) => inRegion(card, region.id));
  return [
    card,
    ...regions.filter((one): one is Card => !('code' in one)),
    ...(card.newest ? [inNewestEdition(card)] : []),
  ];
});

type Draft = Omit<LimitCase, 'card' | 'media' | 'what' | 'request'> & {
  readonly more: Partial<Omit<Request, 'model'>>;
  readonly media?: LimitCase['media'];
};

/** Walks a card: every number in it gives a case at the limit and one past it. */
export function casesOf(card: Card): LimitCase[] {
  const cases: LimitCase[] = [];
  const put = (what: string, { more, media = {}, ...expected }: Draft) =>
    cases.push({ card, what, request: { ...ask(card.id), ...more }, media, ...expected });
  for (const total of card.totals) totalCases(card, total, put);
  settingCases(card, put);
  promptCases(card, put);
  formatCases(card, put);
  mediaCases(card, put);
  shotCases(card, put);
  return cases;
}

type Put = (what: string, draft: Draft) => void;

/** The least that a card takes: what its totals ask for, and nothing else. Null where nothing meets the wish. */
export function leastInputs(card: Card, wish: Condition = {}): Partial<Request> | null {
  const fits = (more: Partial<Request>) => {
    const inputs = countInputs(ask(card.id, more));
    return holds({ has: wish.has, lacks: wish.lacks } as Condition, { inputs }) && passed(card, inputs).length === 0;
  };
  for (const counts of compositions(card, 3)) {
    const more = inputsOf(counts, card);
    if (fits(more)) return more;
  }
  return null;
}

type Counts = Partial<Record<'subject' | 'scene' | 'image' | 'video' | 'clip' | 'startFrame' | 'endFrame', number>>;

function* compositions(card: Card, most: number): Generator<Counts> {
  const { subject, scene, image, video, startFrame, endFrame } = card.inputs;
  const kinds: [keyof Counts, number][] = [];
  const offered = { image, subject: subject?.image === 'none' ? null : subject, scene, video };
  for (const [kind, input] of Object.entries(offered)) if (input !== null) kinds.push([kind as keyof Counts, most]);
  // What the model takes as it is comes first, so that the least request is one without notes.
  const converted = ([kind]: [keyof Counts, number]) => (offered[kind as 'image']?.as === undefined ? 0 : 1);
  kinds.sort((one, other) => converted(one) - converted(other));
  if (startFrame) kinds.push(['startFrame', 1]);
  if (endFrame) kinds.push(['endFrame', 1]);
  function* rest(index: number, left: number): Generator<Counts> {
    const kind = kinds[index];
    if (kind === undefined) {
      yield {};
      return;
    }
    for (let count = Math.min(kind[1], left); count >= 0; count -= 1)
      for (const others of rest(index + 1, left - count)) yield { [kind[0]]: count, ...others };
  }
  for (let all = 0; all <= most; all += 1)
    for (const counts of rest(0, all))
      if (Object.values(counts).reduce((sum, one) => sum + one, 0) === all) yield counts;
}

function inputsOf(counts: Counts, card: Card): Partial<Request> & { references: Reference[] } {
  const use = card.inputs.video?.uses?.[0] ?? 'subject';
  return {
    references: [
      ...many(counts.image ?? 0, 'image', image),
      ...many(counts.subject ?? 0, 'subject', subject),
      ...many(counts.scene ?? 0, 'scene', scene),
      ...many(counts.clip ?? 0, 'clip', clip),
      ...many(counts.video ?? 0, 'video', (name) => video(name, { use })),
    ],
    ...(counts.startFrame === 1 && { startFrame: 'start.png' }),
    ...(counts.endFrame === 1 && { endFrame: 'end.png' }),
    // Where frames must have the film's pixels, the samples' are those of 16:9.
    ...(card.inputs.framesMatchSize === true && { size: { width: 1280, height: 720 } }),
  };
}

/** The totals and exclusions that counts pass: said a second time here, so that `check` is held against something. */
function passed(card: Card, inputs: Record<InputName, number>): (Total | 'exclusion')[] {
  const past = card.totals.filter((total) => {
    const count = total.of.reduce((sum, name) => sum + inputs[name], 0);
    return holds(total.when, { inputs }) && (count > (total.most ?? count) || count < (total.least ?? count));
  });
  const excluded = (card.exclusions ?? []).filter(({ one, other }) => inputs[one] > 0 && inputs[other] > 0);
  return [...past, ...excluded.map(() => 'exclusion' as const)];
}

function totalCases(card: Card, total: Total, put: Put): void {
  const name = `total of ${total.of.join('+')}`;
  const path = total.of.every((one) => /frame/i.test(one)) ? 'startFrame' : 'references';
  const find = (wanted: number, alone: boolean) => {
    for (const counts of compositions(card, Math.max(wanted, 1) + 1)) {
      const more = inputsOf(counts, card);
      const inputs = countInputs(ask(card.id, more));
      const count = total.of.reduce((sum, one) => sum + inputs[one], 0);
      if (count !== wanted || !holds(total.when, { inputs })) continue;
      const past = passed(card, inputs);
      if (alone ? past.length === 1 && past[0] === total : past.length === 0) return more;
    }
    return undefined;
  };
  if (total.most !== undefined) {
    const at = find(total.most, false);
    if (at === undefined) throw new Error(`${card.id}: nothing stands at ${name} ${total.most}`);
    put(`${name}: ${total.most}`, { more: at });
    const past = find(total.most + 1, true);
    const values = { found: total.most + 1, limit: total.most, over: 1 };
    // A limit that another one always reaches first has no case of its own.
    if (past !== undefined)
      put(`${name}: ${total.most + 1}`, { more: past, refused: { code: 'too_many', path, values } });
  }
  if (total.least !== undefined) {
    const at = find(total.least, false);
    if (at === undefined) throw new Error(`${card.id}: nothing stands at ${name} ${total.least}`);
    put(`${name}: ${total.least}`, { more: at });
    const past = find(total.least - 1, true);
    const values = { found: total.least - 1, limit: total.least };
    const newer = total.newer?.least !== undefined && total.newer.least < total.least;
    if (past !== undefined)
      put(`${name}: ${total.least - 1}`, {
        more: past,
        ...(newer ? { noted: { code: 'newer_edition', path } } : { refused: { code: 'too_few', path, values } }),
      });
  }
}

type Value = string | number | boolean;

function settingCases(card: Card, put: Put): void {
  const more = (path: string, value: Value): Partial<Request> =>
    path === 'shots[0].seconds' ? { shots: [shot(value as number)] } : { [path]: value };
  const named: [string, Setting | null, ProblemCode][] = [
    ['shots[0].seconds', card.seconds, 'setting_not_offered'],
    ['mode', card.mode, 'setting_not_offered'],
    ['fps', card.fps, 'setting_not_offered'],
    ['audio', card.audio, 'setting_not_offered'],
    ['watermark', card.watermark, 'setting_not_offered'],
    ['expand', card.expand, 'setting_not_offered'],
    ['count', card.count, 'count_needs_split'],
  ];
  for (const [path, setting, code] of named) {
    for (const limit of setting?.limits ?? []) {
      const inputs = leastInputs(card, limit.when);
      if (inputs === null) throw new Error(`${card.id}: nothing meets a limit of ${path}`);
      for (const tier of limit.when?.tier ?? [undefined]) {
        const base = { ...inputs, ...(tier !== undefined && { tier }) };
        const where = tier === undefined ? path : `${path} at ${tier}`;
        for (const value of atLimit(limit)) {
          const newer = limit.newer === true && isNew(setting!, limit, value);
          const noted = newer ? { noted: { code: 'newer_edition', path } as const } : {};
          put(`${where}: ${value}`, { more: { ...base, ...more(path, value) }, ...noted });
        }
        for (const value of pastLimit(limit).filter((one) => !offeredElsewhere(setting!, limit, one))) {
          const draft = { more: { ...base, ...more(path, value) } };
          const noteCode = degradedInstead(path, setting!, value);
          if (noteCode !== undefined) put(`${where}: ${value}`, { ...draft, noted: { code: noteCode, path } });
          else put(`${where}: ${value}`, { ...draft, refused: { code, path, values: { found: value } } });
        }
      }
    }
  }
}

/** What a model cannot leave out or change is done all the same, and noted. */
function degradedInstead(path: string, setting: Setting, value: Value): NoteCode | undefined {
  const only = setting.limits.length === 1 && setting.limits[0]?.oneOf?.length === 1;
  if (path === 'fps' && only) return 'fps_fixed';
  return path === 'audio' && value === false ? 'audio_always' : undefined;
}

function atLimit({ from, to, oneOf, whole }: Limit): Value[] {
  const inside = from !== undefined && to !== undefined && whole !== true ? [(from + to) / 2] : [];
  return [...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to]), ...inside, ...(oneOf ?? [])];
}

function pastLimit({ from, to, oneOf, whole }: Limit): Value[] {
  const values: Value[] = [];
  if (from !== undefined && from > 1) values.push(from - 1);
  if (from === 1 && whole !== true) values.push(0.5);
  if (to !== undefined) values.push(to + 1);
  if (from !== undefined && to !== undefined && to > from && whole === true && from > 1) values.push(from + 0.5);
  if (from !== undefined || to !== undefined) return values;
  if (oneOf?.some((one) => typeof one === 'boolean') === true)
    return [true, false].filter((one) => !oneOf.includes(one));
  if (oneOf?.some((one) => typeof one === 'string') === true) return ['max'];
  const numbers = (oneOf ?? []) as number[];
  return numbers.flatMap((one) => [one - 1, one + 1]).filter((one) => !numbers.includes(one));
}

const within = ({ from, to, oneOf, whole }: Limit, value: Value): boolean => {
  if (oneOf?.includes(value) === true) return true;
  if (typeof value !== 'number' || (from === undefined && to === undefined)) return false;
  if (whole === true && !Number.isInteger(value)) return false;
  return value >= (from ?? value) && value <= (to ?? value);
};

/** Whether a value of a newer limit is not already offered without it. */
const isNew = (setting: Setting, newer: Limit, value: Value) =>
  !setting.limits.some((limit) => limit !== newer && limit.newer !== true && within(limit, value));

/** A value past the old limit that a newer one offers, in no situation but the limit's own. */
const offeredElsewhere = (setting: Setting, of: Limit, value: Value) =>
  setting.limits.some(
    (limit) => limit !== of && (limit.newer === true) !== (of.newer === true) && within(limit, value),
  );

function promptCases(card: Card, put: Put): void {
  const base = leastInputs(card) ?? {};
  const { most, cut, negative, negativeMost } = card.prompt;
  // Both are one character and two UTF-16 units or three bytes: whoever counts those refuses too early.
  const text = (length: number) => '🐈'.repeat(Math.floor(length / 2)) + '猫'.repeat(Math.ceil(length / 2));
  put('prompt: blank', {
    more: { ...base, shots: [shot(undefined, ' \n\t ')] },
    refused: { code: 'prompt_empty', path: 'shots[0].prompt', values: {} },
  });
  if (most !== null) {
    const path = 'shots[0].prompt';
    const values = { found: most + 1, limit: most, over: 1 };
    put(`prompt: ${most}`, { more: { ...base, shots: [shot(undefined, text(most))] } });
    put(`prompt: ${most + 1}`, {
      more: { ...base, shots: [shot(undefined, text(most + 1))] },
      ...(cut === true
        ? { noted: { code: 'prompt_cut', path } }
        : { refused: { code: 'prompt_too_long', path, values } }),
    });
  }
  const ours = { found: 50_001, limit: 50_000, over: 1 };
  if (most === null) put('prompt: 50000', { more: { ...base, shots: [shot(undefined, text(50_000))] } });
  if (most === null || cut === true)
    put('prompt: 50001', {
      more: { ...base, shots: [shot(undefined, text(50_001))] },
      refused: { code: 'prompt_too_long', path: 'shots[0].prompt', values: ours },
    });
  const path = 'negativePrompt';
  if (!negative)
    put('negative prompt', { more: { ...base, negativePrompt: 'fog' }, noted: { code: 'negative_ignored', path } });
  else put('negative prompt', { more: { ...base, negativePrompt: text(negativeMost ?? 9999) } });
  if (negativeMost !== null && negative) {
    const values = { found: negativeMost + 1, limit: negativeMost, over: 1 };
    put(`negative prompt: ${negativeMost + 1}`, {
      more: { ...base, negativePrompt: text(negativeMost + 1) },
      refused: { code: 'negative_prompt_too_long', path, values },
    });
  }
}

function formatCases(card: Card, put: Put): void {
  const { list, namedSizes, anySide, follows } = card.formats;
  const {
    size: _,
    startFrame: __,
    endFrame: ___,
    ...base
  } = leastInputs(card, { lacks: ['frame'] }) ?? leastInputs(card) ?? {};
  const needsFrame = card.totals.some((total) => total.of.includes('frame') && total.least === 1 && !total.newer);
  const frame = (width: number, height: number) =>
    needsFrame
      ? { more: { startFrame: 'start.png' }, media: { 'start.png': picture({ width, height }) } }
      : { more: {}, media: {} };
  // The first picture of the samples is 16:9, and it gives the ratio.
  const shapes = follows?.includes('firstPicture') === true ? list.filter((one) => one.ratio === '16:9') : list;
  for (const { width, height, ratio, tier, mode } of shapes) {
    const sized = frame(width, height);
    const modes = mode === undefined ? {} : { mode };
    put(`size ${width}x${height} ${mode ?? ''}`, {
      more: { ...base, ...sized.more, ...modes, size: { width, height } },
      media: sized.media,
    });
    const named = namedSizes?.find((one) => Math.abs((one.width * height) / (one.height * width) - 1) < 0.01);
    const shaped = named === undefined ? sized : frame(named.width, named.height);
    put(`${ratio} ${tier} ${mode ?? ''}`, {
      more: { ...base, ...shaped.more, ...modes, ratio, tier },
      media: shaped.media,
    });
  }
  for (const { width, height } of namedSizes ?? []) {
    const sized = frame(width, height);
    put(`named size ${width}x${height}`, {
      more: { ...base, ...sized.more, size: { width, height } },
      media: sized.media,
    });
  }
  const refuse = (path: string, found: string, more: Partial<Request>, code: ProblemCode = 'format_not_offered') =>
    put(`${path} ${found}`, {
      more: { ...base, ...frame(1280, 720).more, ...more },
      refused: { code, path, values: { found } },
    });
  if (anySide !== undefined) {
    const { from, to } = anySide;
    put(`sides ${from}`, { more: { ...base, size: { width: from, height: from } } });
    put(`sides ${to}`, { more: { ...base, size: { width: to, height: to } } });
    refuse('size', `${from - 2}x${from}`, { size: { width: from - 2, height: from } });
    refuse('size', `${to}x${to + 2}`, { size: { width: to, height: to + 2 } });
    refuse('size', `${from + 1}x${from}`, { size: { width: from + 1, height: from } }, 'size_odd');
    return;
  }
  if (needsFrame) return;
  refuse('size', '1000x1000', { size: { width: 1000, height: 1000 } });
  refuse('tier', '144p', { tier: '144p' });
  if (follows?.includes('firstPicture') !== true) refuse('ratio', '5:7', { ratio: '5:7' });
}

function mediaCases(card: Card, put: Put): void {
  const { inputs, media } = card;
  const base = leastInputs(card) ?? {};
  const rest = (base.references ?? []).slice(0, 1);
  const use = inputs.video?.uses?.[0] ?? 'subject';
  const at = (reference: Reference) => ({ ...base, references: [...(inputs.image === null ? [] : rest), reference] });
  const indexOf = (field: string) => `references[${inputs.image === null ? 0 : rest.length}].${field}`;
  if (media.image !== null) {
    if (inputs.image !== null) walkMedia(media.image, picture(), indexOf('image'), 'x.png', at(image('x')), put);
    if (inputs.subject !== null && inputs.subject.image !== 'none')
      walkMedia(media.image, picture(), indexOf('image'), 'x.png', at(subject('x')), put);
    if ((inputs.subject?.mostAngles ?? 0) > 0)
      walkMedia(
        media.image,
        picture(),
        indexOf('angles[0]'),
        'side.png',
        at(subject('x', { angles: ['side.png'] })),
        put,
      );
    if (inputs.scene !== null) walkMedia(media.image, picture(), indexOf('image'), 'x.png', at(scene('x')), put);
    for (const frame of ['startFrame', 'endFrame'] as const)
      if (inputs[frame] && inputs.framesMatchSize !== true)
        walkMedia(media.image, picture(), frame, 'frame.png', { ...base, [frame]: 'frame.png' }, put);
  }
  if (media.video !== null) {
    if (inputs.video !== null)
      walkMedia(media.video, footage(), indexOf('video'), 'x.mp4', at(video('x', { use })), put);
    const filmed = inputs.subject?.image === 'required' ? subject('x', { clip: 'x.mp4' }) : clip('x');
    if (inputs.subject?.clip === true) walkMedia(media.video, footage(), indexOf('clip'), 'x.mp4', at(filmed), put);
  }
  if (media.voice !== null && inputs.subject?.voice === true)
    walkMedia(media.voice, sound(), indexOf('voice'), 'x.wav', at(subject('x', { voice: 'x.wav' })), put);
}

function walkMedia(
  limit: MediaLimit,
  usual: MediaFacts,
  path: string,
  name: string,
  more: Partial<Request>,
  put: Put,
): void {
  const fits = (what: string, facts: Partial<MediaFacts>) =>
    put(`${path} ${what}`, { more, media: { [name]: { ...usual, ...facts } as MediaFacts } });
  const refuse = (what: string, facts: Partial<MediaFacts>, code: ProblemCode, found: Value, most: unknown) =>
    put(`${path} ${what}`, {
      more,
      media: { [name]: { ...usual, ...facts } as MediaFacts },
      refused: { code, path, values: code === 'media_alpha' ? {} : { found, limit: most } },
    });
  for (const mediaType of limit.types) fits(mediaType, { mediaType });
  refuse('of another type', { mediaType: 'application/pdf' }, 'media_type', 'application/pdf', limit.types);
  const { mostBytes, leastSide, mostSide, mostRatio, leastSeconds, mostSeconds, leastFps, mostFps } = limit;
  if (mostBytes !== undefined) {
    fits(`of ${mostBytes} bytes`, { bytes: mostBytes });
    refuse(`of ${mostBytes + 1} bytes`, { bytes: mostBytes + 1 }, 'media_bytes', mostBytes + 1, mostBytes);
  }
  const size = (width: number, height: number) => ({ width, height });
  const both = (code: ProblemCode, width: number, height: number, most: number) => {
    refuse(`${width}x${height}`, size(width, height), code, `${width}x${height}`, most);
    refuse(`${height}x${width}`, size(height, width), code, `${height}x${width}`, most);
  };
  if (leastSide !== undefined) {
    fits(`${leastSide} at least`, size(leastSide, leastSide));
    both('media_too_small', leastSide - 1, leastSide, leastSide);
  }
  if (mostSide !== undefined) {
    fits(`${mostSide} at most`, size(mostSide, mostSide));
    both('media_too_wide', mostSide + 1, mostSide, mostSide);
  }
  if (mostRatio !== undefined) {
    const short = leastSide ?? 240;
    fits(`${mostRatio} to 1`, size(short * mostRatio, short));
    fits(`1 to ${mostRatio}`, size(short, short * mostRatio));
    both('media_ratio', short * mostRatio + 1, short, mostRatio);
  }
  const half = usual.kind === 'video' ? 0.5 / usual.fps : 0.5 / 24;
  const round = (seconds: number) => Number(seconds.toFixed(3));
  if (leastSeconds !== undefined) {
    fits(`${leastSeconds} s`, { seconds: leastSeconds });
    fits(`${leastSeconds} s less a bit`, { seconds: leastSeconds - half * 0.9 });
    const short = leastSeconds - half * 2.1;
    refuse('too short', { seconds: short }, 'media_too_short', round(short), leastSeconds);
  }
  if (mostSeconds !== undefined) {
    fits(`${mostSeconds} s`, { seconds: mostSeconds });
    fits(`${mostSeconds} s and a bit`, { seconds: mostSeconds + half * 0.9 });
    const long = mostSeconds + half * 2.1;
    refuse('too long', { seconds: long }, 'media_too_long', round(long), mostSeconds);
  }
  if (leastFps !== undefined && mostFps !== undefined) {
    for (const fps of [leastFps, mostFps]) fits(`${fps} fps`, { fps });
    const range = { en: `${leastFps} to ${mostFps}`, zh: `${leastFps} 至 ${mostFps}` };
    for (const fps of [leastFps - 1, mostFps + 1]) refuse(`${fps} fps`, { fps }, 'media_fps', fps, range);
  }
  if (usual.kind !== 'image') return;
  if (limit.alpha === false) refuse('with alpha', { alpha: true }, 'media_alpha', '', '');
  else fits('with alpha', { alpha: true });
  const other = footage();
  put(`${path} of another kind`, { more, media: { [name]: other }, refused: { code: 'media_kind', path, values: {} } });
}

function shotCases(card: Card, put: Put): void {
  const base = leastInputs(card) ?? {};
  const { most, each, form } = card.shots;
  if (most !== undefined) {
    put(`${most} shots`, { more: { ...base, shots: many(most, '', () => shot()) } });
    put(`${most + 1} shots`, {
      more: { ...base, shots: many(most + 1, '', () => shot(1)) },
      refused: { code: 'too_many_shots', path: 'shots', values: { found: most + 1, limit: most } },
    });
  }
  if (form === 'text' && most === undefined)
    put('2 shots', { more: { ...base, shots: [shot(), shot()] }, noted: { code: 'shots_as_text', path: 'shots' } });
  if (each !== undefined) {
    put(`shots of ${each.from} s`, { more: { ...base, shots: [shot(each.from), shot(each.from)] } });
    put(`a shot of ${each.from - 1} s`, {
      more: { ...base, shots: [shot(each.from - 1), shot(each.from)] },
      refused: { code: 'shot_seconds', path: 'shots[0].seconds', values: { found: each.from - 1 } },
    });
  }
}
