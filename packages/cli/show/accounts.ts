import type { Language } from '@refreel/core/model';
import type { Account, AccountList, CheckedAccount } from '@refreel/sdk';
import type { Running, Settings } from '@refreel/server/main';

/** An account as a start tells it. */
interface StartedAccount {
  readonly id: string;
  readonly dialect: string;
  readonly models: readonly string[];
  /** Nothing new is sent to it. */
  readonly aside?: true;
}

/** What a start tells of the accounts, for scripts: never a key. */
export function accountsOf({ accounts }: Pick<Running, 'accounts'>): StartedAccount[] {
  return accounts.map(({ account: { id, dialect, models }, aside }) => ({
    ...{ id, dialect: dialect.id, models: [...models.keys()] },
    ...(aside !== undefined && { aside: true }),
  }));
}

/** The same for people: what would be paid and where, or that nothing is. */
export function accountLines(
  { mode }: Pick<Settings, 'mode'>,
  running: Pick<Running, 'accounts'>,
  language: Language,
): string[] {
  const accounts = accountsOf(running);
  if (accounts.length === 0) return [];
  const chinese = language === 'zh';
  if (mode !== 'live') {
    const ids = accounts.map(({ id }) => id);
    return [
      chinese
        ? `已配置账户：${ids.join('、')}。当前为沙箱，不会向其发送任何请求；--live 才会。`
        : `There are accounts (${ids.join(', ')}), and nothing is sent to them: this is a sandbox. --live sends.`,
    ];
  }
  const put = { en: ' — set aside, nothing new is sent to it', zh: '（已停用，不会发送新请求）' }[language];
  return [
    chinese ? '以下模型将由供应商生成并计费：' : 'These are made by vendors, and paid:',
    ...accounts.map(
      ({ id, dialect, models, aside }) => `  ${id} (${dialect}): ${models.join(', ')}${aside ? put : ''}`,
    ),
  ];
}

/** The accounts of a server, each with its reason where nothing is sent to it. */
export function listLines({ items, unreadable }: AccountList, language: Language): string[] {
  if (items.length + unreadable.length === 0) return [{ en: 'There are no accounts.', zh: '没有账户。' }[language]];
  return [
    ...items.flatMap((account) => linesOf(account, language)),
    ...unreadable.flatMap(({ id, problem }) => [id, `  ${problem.message} ${problem.remedy}`]),
  ];
}

/** What a vendor said of a key. */
export function checkedLines({ account, key, problem }: CheckedAccount, language: Language): string[] {
  const said = {
    taken: { en: 'The vendor takes the key.', zh: '供应商接受该密钥。' },
    refused: { en: 'The vendor does not take the key.', zh: '供应商不接受该密钥。' },
    unclear: { en: 'The vendor did not say whether it takes the key.', zh: '无法确认供应商是否接受该密钥。' },
  }[key][language];
  return [
    ...linesOf(account, language),
    `  ${said}${key === 'unclear' && problem !== null ? ` ${problem.message}` : ''}`,
  ];
}

function linesOf({ id, dialect, baseUrl, origin, models, aside }: Account, language: Language): string[] {
  const since = { en: 'Set aside since', zh: '停用自' }[language];
  return [
    `${id}  ${dialect}  ${baseUrl}  (${origins[origin][language]})`,
    `  ${Object.keys(models).join(', ')}`,
    ...(aside === null ? [] : [`  ${since} ${aside.at}: ${aside.problem.message} ${aside.problem.remedy}`]),
  ];
}

const origins = {
  file: { en: 'file', zh: '文件' },
  environment: { en: 'environment', zh: '环境变量' },
  added: { en: 'added over the API', zh: '通过 API 添加' },
} as const;
