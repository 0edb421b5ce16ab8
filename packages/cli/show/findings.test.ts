import { problem } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { asWritten, exitCodeOf, showProblems } from './findings.ts';

test('what a request lacks and what went wrong have different headings, and different exit codes', () => {
  const refused = [problem('prompt_empty', 'prompt')];
  const failed = [problem('disk_full', 'output', { found: 'film.mp4' })];
  expect(showProblems(refused, 'en')).toMatch(/^This request cannot be made:\n/);
  expect(showProblems(refused, 'zh')).toMatch(/^无法生成，原因如下：\n/);
  expect(showProblems(failed, 'en')).toMatch(/^The film could not be made:\n/);
  expect(showProblems(failed, 'zh')).toMatch(/^影片未能生成：\n/);
  expect([exitCodeOf(refused), exitCodeOf(failed)]).toEqual([exitCodes.refused, exitCodes.failed]);
});

test('what is wrong with a server is told of no film', () => {
  const of = (code: 'open_without_key' | 'admin_key_needed' | 'store_unavailable') =>
    showProblems([problem(code, '')], 'en');
  for (const code of ['open_without_key', 'admin_key_needed', 'store_unavailable'] as const)
    expect(of(code)).toMatch(/^This did not work:\n/);
});

test('the prompt of a request without shots is called so', () => {
  const found = [problem('prompt_empty', 'shots[0].prompt')];
  expect(showProblems(asWritten(found, true), 'en')).toContain('prompt is empty.');
  expect(showProblems(asWritten(found, true), 'en')).not.toContain('shots[0]');
  expect(showProblems(asWritten(found, true), 'zh')).toContain('prompt 为空');
  expect(showProblems(asWritten(found, false), 'en')).toContain('shots[0].prompt is empty.');
});
