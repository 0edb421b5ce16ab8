import { expect, test } from 'vitest';
import { installedVersion } from './build-template.ts';
import { readTemplate } from './template.ts';

test('the template is of the installed PGlite, and whole', () => {
  const { header, content } = readTemplate();
  expect(header.pglite, 'run packages/server/store/embedded/build-template.ts').toBe(installedVersion());
  expect(content.length).toBe(header.files.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(header.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['PG_VERSION', 'global/pg_control']));
});
