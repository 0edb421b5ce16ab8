import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownedTables } from './tables.ts';

const tables = ownedTables.join('|');

/** A statement is what stands in one template, or the chain of calls that begins at the table's name. */
const statement = /\bsql(?:<[^`]*?>)?`[^`]*`|\.(?:selectFrom|insertInto|updateTable|deleteFrom)\([^;]*?(?:;|$)/g;
const namesOwned = new RegExp(
  `(?:from|into|update|join|table)\\s+(?:${tables})\\b|(?:From|Into|Table)\\('(?:${tables})`,
  'i',
);
const excuse = /\/\/ every workspace: .+\n[^\n;]*$/;

interface Statement {
  readonly file: string;
  readonly text: string;
  readonly before: string;
}

const statements = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^suites|^test-/.test(file))
  .flatMap((file) => {
    const source = readFileSync(join(import.meta.dirname, file), 'utf8');
    return [...source.matchAll(statement)].map(
      (match): Statement => ({ file, text: match[0], before: source.slice(0, match.index) }),
    );
  })
  .filter(({ text }) => namesOwned.test(text));

test('this test sees the statements', () => {
  expect(statements.length).toBeGreaterThan(30);
  expect(new Set(statements.map(({ file }) => file)).size).toBeGreaterThan(9);
});

test('every statement on an owned table names its owner, or says why it serves all', () => {
  const careless = statements
    .filter(({ text, before }) => !/workspace_id|workspaceId/.test(text) && !excuse.test(before))
    .map(({ file, text }) => `${file}: ${text} — add workspace_id, or "// every workspace: why" above it`);
  expect(careless).toEqual([]);
});

test('whoever serves all is known here', () => {
  const all = statements.filter(({ before }) => excuse.test(before)).map(({ file }) => file);
  expect([...new Set(all)].sort()).toEqual([
    'account-claims.ts',
    'accounts.ts',
    'assets.ts',
    'claims.ts',
    'former-process.ts',
    'hold-unsent.ts',
    'ledger.ts',
    'open-attempts.ts',
    'restore.ts',
    'sent-attempts.ts',
    'sweep-rows.ts',
    'webhooks.ts',
  ]);
});
