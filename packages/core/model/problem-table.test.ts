import { describe, expect, it } from 'vitest';
import { explainProblem, type ProblemCode, problem } from './problem.ts';
import { problemTable } from './problem-table.ts';

const codes = Object.keys(problemTable) as ProblemCode[];
// Some texts are nothing but what was found, or a hint.
const words = { en: 'Do this.', zh: '请如此。' };
const sample = {
  ...{ found: words, limit: words, what: words, other: words, hint: words, foundBytes: words, limitBytes: words },
  ...{ foundPixels: words, limitPixels: words, condition: '', model: 'a-model', over: 1, number: 2, count: 3 },
};

describe('every kind of problem', () => {
  it.each(codes)('%s says what is wrong and what to do, in English and in Chinese', (code) => {
    const [en, zh] = (['en', 'zh'] as const).map((language) =>
      explainProblem(problem(code, 'a.place', sample), language),
    );
    for (const text of [en!.message, en!.remedy]) {
      expect(text).toMatch(/^.{4,}[.?!]$/s);
      expect(text, 'no Chinese in English').not.toMatch(/\p{Script=Han}/u);
    }
    for (const text of [zh!.message, zh!.remedy]) expect(text).toMatch(/\p{Script=Han}.*[。？！]$/su);
  });
});

describe('what the vendors’ questions and answers advise is in the remedy', () => {
  it.each<[ProblemCode, RegExp, RegExp]>([
    // Qiniu, "Why was my task answered with moderation_blocked?"
    ['moderation_blocked', /prompt.*reference pictures.*neutral/, /修改提示词.*参考图片.*中性、正面/],
    // Qiniu, "Why does a remix fail?": three reasons.
    ['remix_source_unfinished', /Wait until it is done/, /完成/],
    ['remix_source_missing', /id/, /id/],
    ['prompt_empty', /Describe/, /描述/],
    // Venice, "Number of images exceeds the limit" and "At least one reference image is required".
    ['too_many', /Remove 1/, /删除|移除|去掉|减少/],
    ['too_few', /Add|add/, /添加|增加|补充/],
  ])('%s', (code, en, zh) => {
    expect(explainProblem(problem(code, 'a.place', sample), 'en').remedy).toMatch(en);
    expect(explainProblem(problem(code, 'a.place', sample), 'zh').remedy).toMatch(zh);
  });
});
