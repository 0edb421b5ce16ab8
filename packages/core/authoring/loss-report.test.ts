import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cards, findCard } from '../catalog/index.ts';
import { dialects } from '../dialects/index.ts';
import { requestsFor } from '../dialects/request-samples.suite.ts';
import { type Facts, type NoteCode, noFacts, noteEffect, problem, type Request } from '../model/index.ts';
import { noteTable } from '../model/note.ts';
import {
  type FieldFate,
  type LossReport,
  lossReport,
  lossReports,
  noteFate,
  readRequest,
  review,
  reviewWith,
} from './index.ts';
import { isWithin } from './paths.ts';

const mei = { kind: 'subject', id: 'mei', name: 'mei', image: 'mei.png' } as const;
const yard = { kind: 'scene', id: 'yard', name: 'yard', image: 'yard.png' } as const;
const request = (more: Partial<Request> = {}): Request => ({
  model: 'animatic',
  references: [mei, yard],
  shots: [{ prompt: [{ mention: 'mei' }, ' crosses ', { mention: 'yard' }, '.'], seconds: 5 }],
  ...more,
});
const kling = 'kling-o3-standard-reference-to-video';

function of(report: LossReport, path: string): FieldFate | undefined {
  return report.fields.find((field) => field.path === path);
}

/** "path fate -> what it becomes" of every field that is not exact. */
function told(report: LossReport): string[] {
  return report.fields
    .filter(({ fate }) => fate !== 'exact')
    .map(({ path, fate, becomes }) => {
      const words = typeof becomes === 'object' ? becomes.en : becomes;
      return `${path} ${fate}${words === undefined ? '' : ` -> ${words}`}`;
    });
}

describe('every field has its line', () => {
  it('every kind of note leaves its field exact, converted or degraded', () => {
    for (const code of Object.keys(noteTable) as NoteCode[]) {
      expect(['accepted', 'converted', 'degraded'], code).toContain(noteEffect(code));
      expect(noteFate(code), code).toBe(noteEffect(code) === 'accepted' ? 'exact' : noteEffect(code));
    }
  });

  it.each(cards.map((card) => [card.id, card] as const))(
    '%s: what a request sets is what is told, for any model',
    (_, card) => {
      fc.assert(
        fc.property(requestsFor(card), fc.constantFrom(...cards.map(({ id }) => id)), (asked, model) => {
          const report = lossReport(asked, model, noFacts);
          const paths = report.fields.map(({ path }) => path);
          expect(new Set(paths).size, 'each once').toBe(paths.length);
          const set = leavesOf({ ...asked, model });
          // A list, or a reference of which something is found as a whole, may have a line besides.
          const holds = (path: string) => set.some((one) => one.startsWith(`${path}[`) || one.startsWith(`${path}.`));
          expect(paths.filter((path) => set.includes(path)).sort()).toEqual([...set].sort());
          expect(paths.filter((path) => !set.includes(path) && !holds(path))).toEqual([]);
          // Nothing that was found is lost on the way into the report.
          const shown = [...report.fields.flatMap((field) => field.problems), ...report.whole.problems];
          expect(report.problems.every((one) => shown.includes(one))).toBe(true);
          const isRefused = report.problems.length > 0;
          expect(report.ok).toBe(asked.strict === true ? report.okStrict : !isRefused);
          expect(report.counts.refused > 0 || report.whole.problems.length > 0).toBe(isRefused);
          if (!isRefused) expect(report.okStrict, told(report).join('\n')).toBe(report.counts.degraded === 0);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(cards.map((card) => [card.id, card] as const))('%s: what is written otherwise is told so', (_, card) => {
    const create = dialects.find(({ id }) => id === card.dialect)?.exchanges.create?.[0];
    if (create === undefined) return;
    const context = { requestId: '', now: 0, region: undefined, findCard };
    fc.assert(
      fc.property(requestsFor(card), (asked) => {
        const written = create.ask.encode({ does: 'create', request: asked, echo: null, notes: [] }, context);
        if (!written.ok) return;
        const report = lossReport(asked, card.id, noFacts);
        for (const { path, code } of written.notes) {
          const isAbsent = (path === 'watermark' || path === 'expand') && asked[path] === false;
          const isOfCheck = path === 'from' || noteEffect(code) === 'accepted' || isAbsent;
          const fields = report.fields.filter((field) => isWithin(field.path, path) || isWithin(path, field.path));
          if (!isOfCheck && fields.length > 0)
            expect(
              fields.some(({ fate }) => fate !== 'exact'),
              `${path} ${code}`,
            ).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Every field that holds a value, by its path; prompts and sizes are one value each. */
function leavesOf(value: unknown, path = ''): string[] {
  if (path.endsWith('.prompt') || path === 'size' || typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).filter(([, one]) => one !== undefined);
  const list = Array.isArray(value);
  const own = path === 'shots' && list && value.length > 1 ? [path] : [];
  return [
    ...own,
    ...inner.flatMap(([key, one]) => leavesOf(one, list ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`)),
  ];
}

describe('what becomes of a field', () => {
  it('names and mentions become the tags of the model', () => {
    expect(told(lossReport(request(), kling, noFacts))).toEqual([
      'references[0].name converted -> @Element1',
      'references[1].name converted -> @Image1',
      'shots[0].prompt converted -> @mei → @Element1, @yard → @Image1',
    ]);
    expect(told(lossReport(request(), 'wan2.7-r2v', noFacts))).toEqual([
      'references[0].kind converted -> reference images',
      'references[0].name converted -> Image 1',
      'references[1].kind converted -> reference images',
      'references[1].name converted -> Image 2',
      'shots[0].prompt converted -> @mei → Image 1, @yard → Image 2',
    ]);
    const toapis = lossReport(request(), 'kling-v3', noFacts);
    expect(of(toapis, 'shots[0].prompt')).toMatchObject({ fate: 'degraded', becomes: '@mei → mei, @yard → yard' });
  });

  it('the same names go to a vendor that calls references by name', () => {
    const report = lossReport(request({ tier: '720p' }), 'PixVerse-v4.5-MR2V', noFacts);
    expect(of(report, 'references[0].name')).toMatchObject({ fate: 'exact', becomes: undefined });
  });

  it('angles beyond what the vendor has are left out, each by itself', () => {
    const angled = request({ references: [{ ...mei, angles: ['a.png', 'b.png', 'c.png'] }, yard] });
    const pixverse = lossReport(angled, 'PixVerse-v4.5-MR2V', noFacts);
    expect([0, 1, 2].map((index) => of(pixverse, `references[0].angles[${index}]`)?.fate)).toEqual([
      'exact',
      'exact',
      'degraded',
    ]);
    const wan = lossReport(angled, 'wan2.7-r2v', noFacts);
    expect([0, 1, 2].map((index) => of(wan, `references[0].angles[${index}]`)?.fate)).toEqual([
      'degraded',
      'degraded',
      'degraded',
    ]);
    expect(of(lossReport(angled, kling, noFacts), 'references[0].angles[2]')?.fate).toBe('exact');
  });

  it('frames, voices, and how a video is used and heard', () => {
    const film = { kind: 'video', id: 'v', name: 'walk', video: 'walk.mp4', use: 'feature', keepSound: true } as const;
    const asked = request({
      references: [{ ...mei, voice: 'mei.mp3' }, film],
      startFrame: 'first.png',
      endFrame: 'last.png',
    });
    const wan = lossReport(asked, 'wan2.7-r2v', noFacts);
    expect(of(wan, 'references[0].voice')?.fate).toBe('exact');
    expect(of(wan, 'references[1].use')).toMatchObject({
      fate: 'refused',
      problems: [{ code: 'setting_not_offered' }],
    });
    expect(of(wan, 'references[1].keepSound')).toMatchObject({ fate: 'degraded', becomes: { en: 'left out' } });
    expect([of(wan, 'startFrame')?.fate, of(wan, 'endFrame')?.fate]).toEqual(['exact', 'refused']);
    const venice = lossReport(asked, kling, noFacts);
    expect(of(venice, 'references[0].voice')?.fate).toBe('degraded');
    expect(of(venice, 'references[1]')).toMatchObject({ fate: 'refused', asked: '@walk' });
    // What a refused reference holds goes nowhere with it.
    expect(of(venice, 'references[1].video')?.fate).toBe('refused');
    const qiniu = lossReport(request({ references: [film], shots: [{ prompt: ['x'] }] }), 'kling-video-o1', noFacts);
    expect(['use', 'keepSound', 'video'].map((field) => of(qiniu, `references[0].${field}`)?.fate)).toEqual([
      'exact',
      'exact',
      'exact',
    ]);
  });

  it('shots cross as the documents write them, or as words', () => {
    const shots = [5, 5].map((seconds) => ({ prompt: [{ mention: 'mei' }, ' walks.'], seconds }));
    const asked = request({ shots, references: [mei] });
    const fatesOn = (model: string) => {
      const report = lossReport(asked, model, noFacts);
      return ['shots', 'shots[0].seconds', 'shots[1].seconds'].map((path) => of(report, path)?.fate);
    };
    expect(fatesOn('animatic')).toEqual(['exact', 'exact', 'exact']);
    expect(fatesOn(kling)).toEqual(['converted', 'converted', 'converted']);
    // Several shots, but when each ends is for the model to decide.
    expect(fatesOn('wan2.7-r2v')).toEqual(['converted', 'degraded', 'degraded']);
    expect(fatesOn('wan2.6-r2v')).toEqual(['converted', 'degraded', 'degraded']);
    expect(fatesOn('kling-v3')).toEqual(['degraded', 'degraded', 'degraded']);
    expect(fatesOn('grok-imagine-reference-to-video')[0]).toBe('refused');
  });

  it('a size is asked for as the vendor asks for it', () => {
    const asked = request({ size: { width: 1280, height: 720 } });
    expect(of(lossReport(asked, 'wan2.7-r2v', noFacts), 'size')).toMatchObject({
      fate: 'converted',
      becomes: '720P 16:9',
    });
    expect(of(lossReport(asked, 'wan2.6-r2v', noFacts), 'size')?.fate).toBe('exact');
    const tall = request({ ratio: '9:16', tier: '720p', startFrame: 'first.png' });
    const follows = lossReport(tall, 'wan2.7-r2v', noFacts);
    expect(of(follows, 'ratio')).toMatchObject({ fate: 'degraded', becomes: { en: 'the ratio of the start frame' } });
  });

  it('a refused field does not hide what becomes of the others', () => {
    const asked = request({ endFrame: 'last.png', size: { width: 1280, height: 720 }, seed: 7 });
    const report = lossReport(asked, 'wan2.7-r2v', noFacts);
    expect(told(report)).toEqual(expect.arrayContaining(['endFrame refused', 'size converted -> 720P 16:9']));
    const several = lossReport(
      request({
        references: [{ kind: 'video', id: 'v', name: 'v', video: 'v.mp4', use: 'subject' }, mei],
        shots: [{ prompt: [{ mention: 'mei' }] }],
        size: { width: 1280, height: 720 },
      }),
      kling,
      noFacts,
    );
    expect(told(several)).toEqual(
      expect.arrayContaining([
        'references[0] refused',
        'size converted -> 720p 16:9',
        'references[1].name converted -> @Element1',
      ]),
    );
  });

  it('what is written without a refused reference is told where the others stand', () => {
    const film = { kind: 'video', id: 'v', name: 'walk', video: 'walk.mp4', use: 'feature' } as const;
    const asked = request({ references: [film, mei], shots: [{ prompt: ['x'] }] });
    const wan = lossReport(asked, 'wan2.7-r2v', noFacts);
    expect(of(wan, 'references[1].kind')).toMatchObject({ fate: 'converted', becomes: { en: 'reference images' } });
    expect(of(wan, 'references[0].kind')).toMatchObject({ fate: 'exact' });
  });

  it('what is not wanted and not there is exact; a remark leaves a field exact', () => {
    const report = lossReport(request({ watermark: false, expand: false }), kling, noFacts);
    expect(report.okStrict).toBe(true);
    expect(of(report, 'watermark')?.fate).toBe('exact');
    const silent = lossReport(request({ audio: false }), 'wan2.7-r2v', noFacts);
    expect(of(silent, 'audio')).toMatchObject({ fate: 'degraded', becomes: 'true' });
    const unnamed = lossReport(request({ shots: [{ prompt: ['Rain.'] }] }), kling, noFacts);
    expect(of(unnamed, 'references[0]')).toMatchObject({ fate: 'exact', notes: [{ code: 'reference_unmentioned' }] });
  });

  it('a count becomes paid requests only where that is allowed', () => {
    const asked = request({ count: 2, allowSplit: true });
    expect(of(lossReport(asked, kling, noFacts), 'count')).toMatchObject({
      fate: 'converted',
      becomes: { en: '2 requests of one film' },
    });
    expect(of(lossReport(request({ count: 2 }), kling, noFacts), 'count')?.fate).toBe('refused');
  });

  it('an unknown model refuses everything that would be sent', () => {
    const report = lossReport(request({ draftMark: false }), 'kling-9', noFacts);
    expect(report).toMatchObject({ ok: false, quote: undefined, problems: [{ code: 'unknown_model' }] });
    expect(of(report, 'model')?.problems).toHaveLength(1);
    expect(of(report, 'draftMark')?.fate).toBe('exact');
  });
});

describe('strict', () => {
  it('the verdict under strict names each field that would be less than asked', () => {
    const asked = request({ seed: 7, watermark: true });
    const report = lossReport(asked, kling, noFacts);
    expect(report).toMatchObject({ ok: true, okStrict: false });
    expect(report.strictProblems.map(({ path }) => path).sort()).toEqual(['seed', 'watermark']);
  });

  it('a strict request is refused for what only its way to the vendor would change', () => {
    // The card of Wan says nothing of it: its codec cannot point at a clip of a subject alone.
    const seen: Request = {
      ...request({ model: kling, strict: true }),
      references: [{ ...mei, clip: 'mei.mp4' }],
      shots: [{ prompt: [{ mention: 'mei', media: 'clip' }, ' walks.'] }],
    };
    const strict = review(seen, noFacts);
    expect(strict.problems.map(({ code, path }) => [code, path])).toEqual([['strict_refuses', 'shots[0].prompt']]);
    const { strict: _, ...lenient } = seen;
    expect(review(lenient, noFacts).problems).toEqual([]);
  });

  it('what writes a strict request is asked what it refuses, and can be left away', () => {
    const refuses = () => ({ notes: [], problems: [problem('unknown_field', 'seed')] });
    const told = (strict: boolean, translate: typeof refuses | undefined) =>
      reviewWith({ translate }, request({ strict }), noFacts).problems.map(({ code }) => code);
    expect(told(true, refuses)).toEqual(['unknown_field']);
    expect([told(false, refuses), told(true, undefined)]).toEqual([[], []]);
  });

  it('for any request, strict refuses exactly what the report calls degraded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cards).chain((card) => requestsFor(card)),
        fc.constantFrom(...cards),
        (asked, { id: model }) => {
          const { from: _, ...plain } = { ...asked, model };
          const report = lossReport(plain, model, noFacts);
          const strict = review({ ...plain, strict: true }, noFacts);
          expect(strict.problems.length === 0).toBe(report.okStrict);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('several models', () => {
  it('all that can make it, fewest losses first, then by price', () => {
    const { reports, refusing } = lossReports(request({ seed: 7 }), 'all', noFacts);
    expect(reports.every(({ ok }) => ok)).toBe(true);
    expect([...reports.map(({ model }) => model), ...refusing].sort()).toEqual(cards.map(({ id }) => id).sort());
    const degraded = reports.map(({ counts }) => counts.degraded);
    expect(degraded).toEqual([...degraded].sort((one, other) => one - other));
    expect(reports[0]?.model).toBe('animatic');
    const prices = reports.filter(({ counts }) => counts.degraded === 0).map(({ quote }) => quote?.total ?? null);
    const yuan = prices.flatMap((price) => (price?.currency === 'CNY' ? [price.micros] : []));
    expect(yuan).toEqual([...yuan].sort((one, other) => one - other));
    expect(prices.indexOf(null) === -1 || prices.slice(prices.indexOf(null)).every((price) => price === null)).toBe(
      true,
    );
  });

  it('the order in which models are named is kept, each once', () => {
    const { reports } = lossReports(request(), ['wan2.7-r2v', 'animatic', 'wan2.7-r2v'], noFacts);
    expect(reports.map(({ model }) => model)).toEqual(['wan2.7-r2v', 'animatic']);
  });

  it('measured media count', () => {
    const picture = {
      kind: 'image',
      mediaType: 'image/png',
      bytes: 9,
      sha256: 'a'.repeat(64),
      width: 100,
      height: 100,
      alpha: false,
      animated: false,
      mean: [0, 0, 0],
      meanTop: [0, 0, 0],
      meanBottom: [0, 0, 0],
    } as const;
    const facts = { media: { 'mei.png': picture }, lines: {} } as unknown as Facts;
    const report = lossReport(request(), 'wan2.7-r2v', facts);
    expect(of(report, 'references[0].image')).toMatchObject({
      fate: 'refused',
      problems: [{ code: 'media_too_small', source: 'wan-2.7-api' }],
    });
  });

  it('what a person wrote is told by the names that they gave', () => {
    const read = readRequest({ model: kling, references: [{ name: 'mei', image: 'm.png' }], prompt: '@mei waves' });
    expect(of(lossReport(read.request!, 'wan2.6-r2v', noFacts), 'shots[0].prompt')).toMatchObject({
      asked: '@mei waves',
      becomes: '@mei → character1',
    });
  });
});
