import { type Language, showExact } from '@refreel/core/model';
import type { Budget, Receipt, Usage } from '@refreel/sdk';
import { tableLines } from './table.ts';
import { labelled, say, secondsWords } from './words.ts';

const words = {
  budget: { en: 'BUDGET', zh: '预算' },
  of: { en: 'OF', zh: '适用' },
  limit: { en: 'LIMIT', zh: '限额' },
  reserved: { en: 'RESERVED', zh: '预留' },
  spent: { en: 'SPENT', zh: '已用' },
  left: { en: 'LEFT', zh: '剩余' },
  setBy: { en: 'SET BY', zh: '设置者' },
  workspace: { en: 'the workspace', zh: '工作区' },
  administrator: { en: 'the administrator', zh: '管理员' },
  keys: { en: 'its keys', zh: '工作区密钥' },
  day: { en: 'DAY', zh: '日期' },
  key: { en: 'KEY', zh: '密钥' },
  model: { en: 'MODEL', zh: '模型' },
  generations: { en: 'GENERATIONS', zh: '任务数' },
  inAll: { en: 'In all', zh: '合计' },
  stillReserved: { en: 'reserved', zh: '预留' },
  unknown: { en: 'of unknown price', zh: '价格未知' },
  generation: { en: 'GENERATION', zh: '任务' },
  account: { en: 'ACCOUNT', zh: '账户' },
  billed: { en: 'BILLED', zh: '是否计费' },
  settled: { en: 'SETTLED', zh: '已结算' },
  held: { en: 'HELD', zh: '占用' },
} as const;

const periods = {
  total: { en: 'in all', zh: '总额' },
  month: { en: 'a month', zh: '每月' },
  day: { en: 'a day', zh: '每日' },
} as const;

/** A table of budgets; below it, what they count at a rate, or cannot count. */
export function budgetLines(budgets: readonly Budget[], language: Language): string[] {
  if (budgets.length === 0) return [];
  const head = row(['budget', 'of', 'limit', 'reserved', 'spent', 'left', 'setBy'], language);
  const rows = budgets.map(({ id, key, limit, period, reserved, spent, left, setBy }) => ({
    cells: [
      id,
      key ?? words.workspace[language],
      `${showExact(limit)} ${periods[period][language]}`,
      ...[reserved, spent, left].map(showExact),
    ],
    list: [setBy === 'administrator' ? words.administrator[language] : words.keys[language]],
  }));
  const notes = budgets.flatMap(({ id, converted, uncounted }) => [
    ...converted.map(({ taken, counted, rate, date }) =>
      language === 'zh'
        ? `${id}：${showExact(taken)} 按 ${date} 的汇率 ${rate} 计为 ${showExact(counted)}。`
        : `${id}: ${showExact(taken)} counts as ${showExact(counted)}, at ${rate} of ${date}.`,
    ),
    ...uncounted.map((one) =>
      language === 'zh'
        ? `${id}：${showExact(one)} 没有汇率，未计入。`
        : `${id}: ${showExact(one)} is not counted: there is no rate for it.`,
    ),
  ]);
  return [...tableLines([head, ...rows], ', '), ...notes];
}

/** What was made and paid, a line a day, key and model. */
export function usageLines({ items, money, unpriced, totals }: Usage, language: Language): string[] {
  const nameOf = (one: { readonly day: string; readonly keyId: string | null; readonly model: string }) =>
    [one.day, one.keyId ?? '-', one.model].join('\n');
  const names = [...new Set([...items, ...money, ...unpriced].map(nameOf))].sort((one, other) =>
    // Newest day first, then by name.
    one.slice(0, 10) === other.slice(0, 10) ? compare(one, other) : compare(other, one),
  );
  if (names.length === 0) return [];
  const rows = names.map((name) => {
    const own = <Row extends Parameters<typeof nameOf>[0]>(all: readonly Row[]) =>
      all.filter((one) => nameOf(one) === name);
    const paid = own(money).map(({ spent, reserved }) => paidWords(spent, reserved, language));
    const unknown = own(unpriced).reduce((sum, { seconds }) => sum + seconds, 0);
    if (unknown > 0) paid.push(`${secondsWords(unknown, language)} ${words.unknown[language]}`);
    const count = own(items).reduce((sum, one) => sum + one.count, 0);
    return { cells: [...name.split('\n'), String(count)], list: paid.length === 0 ? [say('free', language)] : paid };
  });
  const head = row(['day', 'key', 'model', 'generations', 'spent'], language);
  const all = totals.map(({ spent, reserved }) => paidWords(spent, reserved, language)).join(comma(language));
  return [
    ...tableLines([head, ...rows], comma(language)),
    ...(all === '' ? [] : [labelled(words.inAll[language], all, language)]),
  ];
}

/** A table of receipts. */
export function receiptLines(receipts: readonly Receipt[], language: Language): string[] {
  if (receipts.length === 0) return [];
  const head = row(['generation', 'model', 'account', 'billed', 'reserved', 'settled', 'held'], language);
  const rows = receipts.map(({ generation, attempt, model, account, billed, reserved, settled, held, seconds }) => {
    const unknown = `${secondsWords(seconds, language)} ${words.unknown[language]}`;
    const amounts = [reserved, settled].map((amount) => (amount === null ? '-' : showExact(amount)));
    // 1 is the first, as everywhere on the command line.
    const name = attempt === 0 ? generation : `${generation} (${attempt + 1})`;
    return {
      cells: [name, model, account, billed, ...amounts],
      list: [held === null ? unknown : showExact(held)],
    };
  });
  return tableLines([head, ...rows], comma(language));
}

function paidWords(spent: Budget['limit'], reserved: Budget['limit'], language: Language): string {
  const open = reserved.micros === 0 ? '' : ` + ${showExact(reserved)} ${words.stillReserved[language]}`;
  return `${showExact(spent)}${open}`;
}

function row(names: readonly (keyof typeof words)[], language: Language) {
  const texts = names.map((name) => words[name][language]);
  return { cells: texts.slice(0, -1), list: texts.slice(-1) };
}

function comma(language: Language): string {
  return language === 'zh' ? '、' : ', ';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : 1;
}
