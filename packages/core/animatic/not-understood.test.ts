import { describe, expect, test } from 'vitest';
import { bind, scene, subject, tell } from './test-request.ts';

const references = [subject('mei'), subject('bob'), scene('park')];
const tags = { '@mei': 'mei', '@bob': 'bob', '@park': 'park' };

const told = (prompt: string, more: object = {}, references_ = references) =>
  tell({ references: references_, prompt: bind(prompt, tags), ...more }).plan.notUnderstood.map(
    ({ text, why }) => `${why}: ${text}`,
  );

describe('what the stage cannot show is listed clause by clause', () => {
  test.each([
    ['@mei is running in @park. He juggles three balls.', ['unknown-action: He juggles three balls']],
    [
      '@mei walks in @park, then sits down, then opens a letter, then cries.',
      ['unknown-action: opens a letter', 'unknown-action: cries'],
    ],
    ['@mei walks through @park and sits down. Soft light, birds in the trees, shallow depth of field.', []],
    ['@mei smiles. The camera pans left, revealing the city skyline.', []],
    ['低角度仰拍@mei', []],
    ['@mei在@park里散步，微笑着看向镜头。', []],
    ['@mei在@park看书，阳光透过树叶洒在她身上。', []],
  ])('%s', (prompt, expected) => {
    expect(told(prompt)).toEqual(expected);
  });

  test.each([
    ['@mei walks in @park with a small dog.', ['nobody-shown: a small dog']],
    ['画面中增加一个小狗，@mei微笑。', ['nobody-shown: 一个小狗']],
    ['@mei is a woman in a red coat. @bob, a young man, waves.', []],
    ['@mei像一只猫一样坐着。', []],
    ['@mei smiles. Tom: "Hello there." Narrator: "So it began."', ['nobody-shown: Tom']],
  ])('whom no figure stands for: %s', (prompt, expected) => {
    expect(told(prompt).filter((one) => one.startsWith('nobody'))).toEqual(expected);
  });

  test('a back that no picture shows', () => {
    expect(told('Tracking shot of @mei from behind as she walks.')).toEqual([
      'no-view-from-behind: Tracking shot of mei from behind',
    ]);
    expect(
      told('Tracking shot of @mei from behind as she walks.', {}, [subject('mei', { angles: ['back.png'] })]),
    ).toEqual([]);
    expect(told('@mei comes out from behind the tree.').filter((one) => one.startsWith('no-view'))).toEqual([]);
  });

  test('not an overhead view: it sees the ground of the place, and the slate names it', () => {
    const { plan } = tell({ references, prompt: bind('Overhead shot of @mei in @park.', tags) });
    expect(plan.notUnderstood).toEqual([]);
    const { scene } = plan.shots[0]!;
    const ground = scene.kind === 'picture' ? plan.sprites[scene.sprite] : undefined;
    expect(ground?.make === 'picture' && ground.crop.top).toBeGreaterThanOrEqual(0.4);
    expect(ground?.make === 'picture' && ground.crop.bottom).toBe(1);
    const slate = plan.sprites[plan.shots[0]!.slate!];
    expect(slate?.make === 'text' && slate.lines[0]).toContain('OVERHEAD');
  });
});

describe('lines', () => {
  const long = '@mei says: "This is a long line that nobody could ever say in so short a time as this shot has."';

  test('that run over their shot are listed', () => {
    const { plan } = tell({ references, prompt: [bind(long, tags), '@mei smiles.'], seconds: [3, 9] });
    expect(plan.notUnderstood.map(({ why, shot }) => [why, shot])).toContainEqual(['line-overruns', 0]);
    expect(told(long, { seconds: 12 })).toEqual([]);
    expect(told(long, { seconds: 3 })[0]).toMatch(/^line-cut/);
  });

  test('of somebody whom the negative prompt takes out are not spoken, and listed', () => {
    const { plan } = tell({
      references,
      prompt: bind('@mei says: "Good morning." @bob says: "Hello there."', tags),
      more: { negativePrompt: 'bob' },
    });
    expect(plan.lines.map(({ speaker }) => speaker)).toEqual(['mei']);
    expect(plan.notUnderstood).toEqual([{ shot: 0, text: 'Hello there.', why: 'left-out-speaker' }]);
  });

  test('wait until their speaker has come in', () => {
    const { plan } = tell({ references, prompt: bind('@mei enters from the left. @mei says: "Hello."', tags) });
    const { arrives } = plan.shots[0]!.figures[0]!;
    expect(arrives).toBeLessThan(1);
    expect(plan.lines[0]!.start).toBeCloseTo(arrives * 5);
  });

  test('wait until the start frame has given way', () => {
    const prompt = bind('@mei says: "Hello."', tags);
    const { plan } = tell({ references, prompt, more: { startFrame: 's.png' } });
    expect(plan.lines[0]!.start).toBeCloseTo(plan.opening!.hold + plan.opening!.change);
  });

  test('start earlier where there is no room to wait', () => {
    const { plan } = tell({
      references,
      prompt: bind('@mei enters from the left. @mei says: "Hello, everybody, how are you today?"', tags),
      seconds: 3,
    });
    const [line] = plan.lines;
    expect(line!.start + line!.seconds).toBeLessThanOrEqual(3);
    expect(plan.notUnderstood).toEqual([]);
  });
});

test('a clip beside a picture is told: the picture stands on the stage', () => {
  const both = [subject('mei', { clip: 'mei.mp4' }), scene('park')];
  expect(told('@mei stands in @park.', {}, both)).toEqual(['clip-not-played: @mei']);
  expect(told('@mei stands in @park.')).toEqual([]);
});
