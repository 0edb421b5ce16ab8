import { expect, test } from 'vitest';
import { explainNote, explainProblem, noFacts } from '../model/index.ts';
import { notesBeside } from './notes-beside.ts';
import { readRequest } from './read-request.ts';
import { review } from './review.ts';

function look(prompt: string, references: object[]) {
  const read = readRequest({ model: 'wan2.7-r2v', prompt, references });
  const reviewed = review(read.request!, noFacts);
  const problems = [...read.problems, ...reviewed.problems];
  return { problems, notes: notesBeside(problems, [...read.notes, ...reviewed.notes]) };
}

const mei = { name: 'mei', image: 'mei.png' };

test('a tag without its reference is refused, and nothing is said of keeping it as words', () => {
  const { problems, notes } = look('图2 and 图1 walk.', [mei]);
  expect(notes.map(({ code }) => code)).not.toContain('text_reads_as_mention');
  expect(explainProblem(problems[0]!, 'en')).toEqual({
    message: 'shots[0].prompt speaks of "图2", but there is only one such reference.',
    remedy: 'Use 图1, or add the reference.',
  });
  expect(explainProblem(problems[0]!, 'zh')).toEqual({
    message: 'shots[0].prompt 中提到“图2”，但这类参考只有 1 个。',
    remedy: '请使用 图1，或添加参考。',
  });
});

test('what is left of the words is still told', () => {
  const note = { code: 'text_reads_as_mention', path: 'shots', values: { found: ['图2', '图3'], model: 'm' } } as const;
  const [left] = notesBeside([{ code: 'tag_out_of_range', path: 'shots', values: { found: '图2' } }], [note]);
  expect(explainNote(left!, 'zh')).toContain('会把“图3”当作引用');
});

test('without a single reference, a tag or a name is told to add one', () => {
  const remedies = (prompt: string, language: 'en' | 'zh') =>
    look(prompt, []).problems.map((one) => explainProblem(one, language).remedy);
  expect(remedies('图1 walks.', 'en')[0]).toBe('Add one, or remove the tag.');
  expect(remedies('图1 walks.', 'zh')[0]).toBe('请添加参考，或删除该标记。');
  expect(remedies('@bob walks.', 'en')[0]).toMatch(/^There is no reference yet: add one/);
  expect(remedies('@bob walks.', 'zh')[0]).toMatch(/^目前还没有任何参考/);
});
