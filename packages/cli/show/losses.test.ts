import { lossReports, readRequest } from '@refreel/core/authoring';
import { noFacts } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { lossLines } from './losses.ts';
import { shownWidth } from './table.ts';
import { wrapText } from './wrap-text.ts';

const { request } = readRequest({
  references: [{ name: 'mei', image: 'mei.png', angles: ['side.png'], voice: 'mei.wav' }],
  prompt: '@mei waves.',
  seconds: 5,
  seed: 7,
});
if (request === undefined) throw new Error('not read');
const models = ['kling-o3-pro-reference-to-video', 'wan2.7-r2v', 'sora-2'];

describe.each(['en', 'zh'] as const)('what would be lost, in %s', (language) => {
  const named = lossLines(lossReports(request, models, noFacts), { details: true, onePrompt: true, language });
  const all = lossLines(lossReports(request, 'all', noFacts), { details: false, onePrompt: true, language });

  test('no line is wider than 80 columns', () => {
    for (const line of [...named, ...all]) expect(shownWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('each model has a row, and a part that names every field', () => {
    for (const model of models) {
      expect(named.slice(0, 4).some((line) => line.startsWith(`${model} `))).toBe(true);
      const part = named.slice(named.indexOf(model), named.indexOf(model) + 30).join(' ');
      for (const field of [model === 'sora-2' ? 'references[0]' : 'references[0].voice', 'prompt', 'seconds', 'seed'])
        expect(part, `${model} ${field}`).toContain(field);
    }
    expect(named.join('\n')).not.toMatch(/undefined|\[object|\{\w+\}/);
  });

  test('of all models those that refuse it are named', () => {
    expect(all.join(' ')).toContain('sora-2');
    expect(all).not.toContain('sora-2');
  });
});

test('a reason that holds for several fields is given once', () => {
  const shots = [1, 2].map(() => ({ prompt: ['Rain.'], seconds: 5 }));
  const { reports } = lossReports({ ...request, shots }, ['wan2.7-r2v'], noFacts);
  const lines = lossLines({ reports, refusing: [] }, { details: true, onePrompt: false, language: 'en' });
  expect(lines.filter((line) => line.includes('for the model to decide'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('takes the seconds of the film'))).toHaveLength(1);
});

test('text is wrapped at spaces, between Han characters, and within a word that is longer than a line', () => {
  expect(wrapText('one two three', 8, '  ')).toEqual(['one two', '  three']);
  expect(wrapText('一二三四，五六', 8, '')).toEqual(['一二三', '四，五六']);
  expect(wrapText('a、bb、cc', 6, '')).toEqual(['a、', 'bb、cc']);
  expect(wrapText('abcdefghij', 4, '')).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrapText('', 4, '')).toEqual(['']);
});
