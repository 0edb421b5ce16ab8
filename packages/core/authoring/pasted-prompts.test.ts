import { describe, expect, test } from 'vitest';
import { explainNote, explainProblem, noFacts } from '../model/index.ts';
import { readRequest } from './read-request.ts';
import { review } from './review.ts';

/** Kling's guide's own example of several shots, as somebody pastes it. */
const klingShots =
  "Shot 1 (5s): @Element1 stands at the edge of @Image1, looking out at the horizon.\nSlow camera push forward.\nShot 2 (5s): Close-up of @Element1's face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.\nShot 3 (5s): @Element1 walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.";

const people = [
  { name: 'rabbit', image: 'rabbit.png' },
  { name: 'candyland', kind: 'scene', image: 'candy.png' },
];

const pro = 'kling-o3-pro-reference-to-video';

function look(written: Record<string, unknown>) {
  const read = readRequest({ references: people, ...written });
  const reviewed = review(read.request!, noFacts);
  const problems = [...read.problems, ...reviewed.problems];
  const notes = [...read.notes, ...reviewed.notes].filter(({ code }) => code !== 'media_unmeasured');
  return { ...reviewed, problems, notes };
}

describe('the times of a shot list in one prompt', () => {
  test("are the film's: the guide's example lasts 15 s and costs as much", () => {
    const { film, quote, problems, notes, advice } = look({ model: pro, prompt: klingShots });
    expect(problems).toEqual([]);
    expect(film?.seconds).toBe(15);
    expect(quote?.total).toEqual({ micros: 1_680_000, currency: 'USD' });
    expect(advice.filter(({ path }) => path.endsWith('.seconds'))).toEqual([]);
    const [note] = notes.filter(({ code }) => code === 'seconds_of_list');
    expect(explainNote(note!, 'en')).toBe(
      'shots[0].prompt: the shots that it lists last 15 s together; so does the film.',
    );
    expect(explainNote(note!, 'zh')).toBe('shots[0].prompt：其中列出的镜头共 15 秒，影片即为此时长。');
  });

  test('hold against other seconds where the model reads such lists', () => {
    expect(look({ model: pro, prompt: klingShots, seconds: 15 }).problems).toEqual([]);
    const [problem, ...others] = look({ model: pro, prompt: klingShots, seconds: 10 }).problems;
    expect(others).toEqual([]);
    expect(explainProblem(problem!, 'en').message).toBe(
      'shots[0].seconds is 10, but the shots that the prompt lists last 15 s together.',
    );
    expect(explainProblem(problem!, 'zh').message).toBe('shots[0].seconds 为 10，但提示词所列镜头共 15 秒。');
  });

  test('are held to what the model takes: each shot, and all together', () => {
    const prompt = 'Shot 1 (2s): @rabbit runs.\nShot 2 (16s): @rabbit sleeps in @candyland.';
    const { problems } = look({ model: pro, prompt });
    expect(problems.map(({ code, path, values }) => [code, path, values.number, values.found])).toEqual([
      ['listed_shot_seconds', 'shots[0].prompt', 1, 2],
      ['listed_shot_seconds', 'shots[0].prompt', 2, 16],
      ['shots_seconds', 'shots[0].prompt', undefined, 18],
    ]);
    expect(explainProblem(problems[0]!, 'en').message).toContain('shot 1 of its list is 2 s');
    expect(explainProblem(problems[0]!, 'zh').message).toContain('第 1 个镜头为 2 秒');
  });

  test.each(['Shot 1: @rabbit runs.\nShot 2 (4s): @rabbit sleeps.', 'Shot 1 (12s): @rabbit runs in @candyland.'])(
    'decide nothing where the list leaves some open, or is none: %s',
    (prompt) => {
      const { film, notes } = look({ model: pro, prompt });
      expect(film?.seconds).toBe(5);
      expect(notes.map(({ code }) => code)).not.toContain('seconds_of_list');
    },
  );

  test('are words to a model that reads no lists, and a note says so', () => {
    const dogs = 'Shot 1 (5s): A dog runs.\nShot 2 (5s): A dog sleeps.';
    const open = look({ model: 'sora-2', references: [], prompt: dogs });
    expect([open.problems, open.film?.seconds]).toEqual([[], 4]);
    const given = look({ model: 'sora-2', references: [], prompt: dogs, seconds: 8 });
    expect([given.problems, given.film?.seconds]).toEqual([[], 8]);
    for (const { notes } of [open, given]) {
      const [note] = notes.filter(({ code }) => code === 'listed_seconds_ignored');
      expect(explainNote(note!, 'en')).toMatch(/last 10 s together; the film lasts [48] s/);
      expect(explainNote(note!, 'zh')).toMatch(/共 10 秒；影片为 [48] 秒/);
    }
    expect(look({ references: [], prompt: dogs }).film?.seconds).toBe(10);
  });
});

describe("another model's tags", () => {
  const bindings = (model: string, references: object[], prompt: string) => {
    const { request, problems, notes } = readRequest({ model, references, prompt });
    const bound = request!.shots[0]!.prompt.flatMap((part) => (typeof part === 'string' ? [] : [part.mention]));
    return { bound: bound.join(' '), problems, notes };
  };

  test("Kling's bind for PixVerse and Grok: an element is an element, and its image a scene", () => {
    for (const model of ['PixVerse-v4.5-MR2V', 'grok-imagine-reference-to-video', 'sora-2', 'wan2.7-r2v']) {
      const { bound, problems, notes } = bindings(model, people, '@Element1 walks through @Image1.');
      expect([model, bound, problems]).toEqual([model, 'rabbit candyland', []]);
      expect(explainNote(notes[0]!, 'en')).toBe(
        `shots[0].prompt: @Element1, @Image1 is written for another model; it is bound to its reference and sent as ${model} reads it.`,
      );
      expect(explainNote(notes[0]!, 'zh')).toContain('已绑定到对应参考');
    }
  });

  test("Wan's bind for Grok", () => {
    const references = [
      { name: 'dance', kind: 'video', video: 'dance.mp4' },
      { name: 'mei', image: 'mei.png' },
    ];
    const { bound, problems, notes } = bindings('grok-imagine-reference-to-video', references, '视频1抱着图1。');
    expect([bound, problems]).toEqual(['dance mei', []]);
    expect(notes.map(({ code, values }) => [code, values.found])).toEqual([['tag_of_another_model', ['视频1', '图1']]]);
  });

  test("a model's own tags go first, and what binds nowhere is still a problem", () => {
    const own = bindings('grok-imagine-reference-to-video', people, '@Image1 in @Image2, 图1');
    expect([own.bound, own.notes[0]?.values.found]).toEqual(['rabbit candyland rabbit', ['图1']]);
    const { problems } = bindings('PixVerse-v4.5-MR2V', people, '@Element1 meets @Element7.');
    expect(problems.map(({ code, values }) => [code, values.found])).toEqual([['unknown_mention', '@Element7']]);
  });
});
