import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { cards as catalog } from '@refreel/core/catalog';
import { findDialect } from '@refreel/core/dialects';
import { type Localized, type Problem, problem } from '@refreel/core/model';
import type { Account } from './account.ts';
import { makeAccount } from './make-account.ts';
import { isHeader, keyWords, readEntry } from './read-entry.ts';
import { type Vendor, vendors } from './vendors.ts';

/** The accounts in the order in which they are asked, or everything that is wrong with them. */
export type AccountsRead =
  | { readonly ok: true; readonly accounts: readonly Account[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** More is no list that a person wrote. */
const mostFileBytes = 16 * 1024 * 1024;

/**
 * Reads the file that REFREEL_ACCOUNTS names, then the vendors' own variables. A variable that an entry of the file names is that entry's
 * key and makes no account beside it. Problems name the file, the entry and the field, and never a key.
 */
export function readAccounts(environment: Environment, folder: string): AccountsRead {
  const problems: Problem[] = [];
  const accounts: Account[] = [];
  const named = environment.REFREEL_ACCOUNTS?.trim();
  const written = named ? readFile(resolve(folder, named), problems) : [];
  const taken = new Set<string>();
  const variables = new Set<string>();
  for (const [index, entry] of written.entries()) {
    const wrong = (field: string, found: string | Localized, limit: string | Localized) => {
      const path = `REFREEL_ACCOUNTS: ${named} [${index}]${field}`;
      problems.push(problem('accounts_invalid', path, { found, limit }));
    };
    const read = readEntry(entry, (variable) => environment[variable], 'file', wrong);
    if (read === undefined) continue;
    const { account } = read;
    const { keyEnv } = read.entry;
    if (keyEnv !== undefined) variables.add(keyEnv);
    if (taken.has(account.id))
      wrong('.id', { en: `"${account.id}" stands there twice`, zh: `“${account.id}”重复` }, words.ownId);
    taken.add(account.id);
    accounts.push(account);
  }
  for (const vendor of vendors) {
    const key = environment[vendor.variable]?.trim();
    if (!key || variables.has(vendor.variable) || taken.has(vendor.id)) continue;
    if (isHeader(key)) accounts.push(defaultAccount(vendor, key));
    else problems.push(problem('variable_invalid', vendor.variable, { found: '…', limit: keyWords }));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, accounts };
}

function readFile(file: string, problems: Problem[]): readonly unknown[] {
  const refuse = (found: string | Localized, limit: Localized = words.file) => {
    problems.push(problem('accounts_invalid', `REFREEL_ACCOUNTS: ${file}`, { found, limit }));
    return [];
  };
  let value: unknown;
  try {
    const stats = statSync(file);
    if (!stats.isFile()) return refuse({ en: 'it is no file', zh: '不是文件' });
    if (stats.size > mostFileBytes) return refuse({ en: 'it is too large', zh: '文件过大' });
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What a parser says repeats what it read, which may be a key.
    return refuse(code ?? { en: 'it is no JSON', zh: '不是 JSON' });
  }
  return Array.isArray(value) ? value : refuse({ en: 'it is no list', zh: '不是列表' });
}

function defaultAccount({ id, baseUrl, region }: Vendor, key: string): Account {
  const dialect = findDialect(id)!;
  const own = catalog.filter((card) => card.dialect === id);
  const offered = own.filter(
    ({ regions }) => regions === undefined || region === undefined || regions.some((one) => one.id === region),
  );
  const models = new Map(offered.map((card) => [card.id, card.id]));
  return makeAccount({ id, dialect, baseUrl, key, models, cards: [], origin: 'environment', region });
}

const words = {
  file: { en: 'a JSON file with a list of accounts', zh: '包含账户列表的 JSON 文件' },
  ownId: { en: 'an id of its own', zh: '唯一的 id' },
} as const satisfies Record<string, Localized>;
