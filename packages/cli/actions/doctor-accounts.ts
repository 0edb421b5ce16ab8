import { explainProblem, type Language, type Problem } from '@refreel/core/model';
import type { AccountsExamined, ExaminedAccount } from '@refreel/server/main';
import { storeErrorText } from '../show/store-error.ts';
import type { Finding } from './finding.ts';

/** What was found of the accounts: whether each vendor takes its key, and what is set aside and why. Never a key. */
export async function examineAccounts(language: Language): Promise<Finding[]> {
  const { examineAccounts: examine, readSettings } = await import('@refreel/server/main');
  const read = readSettings(process.env);
  const what = { en: 'settings', zh: '设置' }[language];
  if (!read.ok) return read.problems.map((one) => ({ what, ok: false, says: textOf(one, language) }));
  return findingsOf(await examine(read.settings), language);
}

function findingsOf({ accounts, unreadable, unread }: AccountsExamined, language: Language): Finding[] {
  const found = [
    ...accounts.map((one) => findingOf(one, language)),
    ...unreadable.map(({ id, problem }) => ({ what: named(id, language), ok: false, says: textOf(problem, language) })),
  ];
  if (unread === undefined) return found;
  const what = { en: 'accounts that were added or set aside', zh: '已添加或已停用的账户' }[language];
  const ask = {
    en: 'Where a server is at it, that server tells: `refreel accounts`.',
    zh: '若服务器正在使用它，请用 `refreel accounts` 查询该服务器。',
  }[language];
  return [...found, { what, ok: false, optional: true, says: `${storeErrorText(unread, language)} ${ask}` }];
}

function findingOf({ account, aside, key }: ExaminedAccount, language: Language): Finding {
  const { id, dialect, baseUrl, models } = account;
  const place = `${dialect.id}, ${baseUrl}, ${[...models.keys()].join(', ')}`;
  const since = { en: 'Set aside since', zh: '停用自' }[language];
  const why = aside === undefined ? [] : [`${since} ${aside.at.toISOString()}: ${textOf(aside.problem, language)}`];
  const says = [`${place}.`, keyWords[key.is][language], ...why];
  if (key.is === 'unclear') says.push(explainProblem(key.problem, language).message);
  const ok = key.is === 'taken' && aside === undefined;
  return {
    what: named(id, language),
    ok,
    // A vendor that does not answer now may answer later.
    ...(!ok && key.is !== 'refused' && { optional: true }),
    says: says.join(' '),
  };
}

function named(id: string, language: Language): string {
  return { en: `account ${id}`, zh: `账户 ${id}` }[language];
}

function textOf(problem: Problem, language: Language): string {
  return Object.values(explainProblem(problem, language)).join(' ');
}

const keyWords = {
  taken: { en: 'Its vendor takes the key.', zh: '供应商接受该密钥。' },
  refused: { en: 'Its vendor does not take the key.', zh: '供应商不接受该密钥。' },
  unclear: { en: 'Its vendor did not say whether it takes the key.', zh: '无法确认供应商是否接受该密钥。' },
} as const;
