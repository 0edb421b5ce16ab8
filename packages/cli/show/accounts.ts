import type { Language } from '@refreel/core/model';
import type { Settings } from '@refreel/server/main';

/** What a start tells of the accounts, for scripts: never a key. */
export function accountsOf({ accounts }: Settings): { id: string; dialect: string; models: string[] }[] {
  return accounts.map(({ id, dialect, models }) => ({ id, dialect: dialect.id, models: [...models.keys()] }));
}

/** The same for people: what would be paid and where, or that nothing is. */
export function accountLines(settings: Settings, language: Language): string[] {
  const accounts = accountsOf(settings);
  if (accounts.length === 0) return [];
  const chinese = language === 'zh';
  if (settings.mode !== 'live') {
    const ids = accounts.map(({ id }) => id);
    return [
      chinese
        ? `已配置账户：${ids.join('、')}。当前为沙箱，不会向其发送任何请求；--live 才会。`
        : `There are accounts (${ids.join(', ')}), and nothing is sent to them: this is a sandbox. --live sends.`,
    ];
  }
  return [
    chinese ? '以下模型将由供应商生成并计费：' : 'These are made by vendors, and paid:',
    ...accounts.map(({ id, dialect, models }) => `  ${id} (${dialect}): ${models.join(', ')}`),
  ];
}
