import { type Money, problem, Refusal } from '@refreel/core/model';
import type { Receipt } from '@refreel/sdk';
import { exitCodes } from '../exit-codes.ts';
import type { BudgetFlags, BudgetSetFlags, ReceiptFlags, ServerFlags, SettleFlags, UsageFlags } from '../flags.ts';
import { asked, openServer } from '../server.ts';
import { budgetLines, receiptLines, usageLines } from '../show/money.ts';
import { languageFrom, say } from '../show/words.ts';

/** Lists the budgets of a workspace. The answer is the exit code. */
export async function tellBudgets(flags: BudgetFlags): Promise<number> {
  const server = await openServer(flags);
  const budgets = await asked(server, () => server.refreel.budgets.list(flags));
  return write(flags, budgets, budgetLines(budgets, languageFrom(flags.lang)));
}

/** Sets a budget. The answer is the exit code. */
export async function setBudget(amount: string, currency: string, flags: BudgetSetFlags): Promise<number> {
  const limit = readMoney(amount, currency);
  const server = await openServer(flags);
  const wanted = { limit, key: flags.keyId, period: flags.per };
  const budget = await asked(server, () => server.refreel.budgets.set(wanted, flags));
  return write(flags, budget, budgetLines([budget], languageFrom(flags.lang)));
}

/** Removes a budget. The answer is the exit code. */
export async function removeBudget(id: string, flags: BudgetFlags): Promise<number> {
  const server = await openServer(flags);
  const budget = await asked(server, () => server.refreel.budgets.remove(id, flags));
  return write(flags, budget, budgetLines([budget], languageFrom(flags.lang)));
}

/** Tells what was made and paid. The answer is the exit code. */
export async function tellUsage(flags: UsageFlags): Promise<number> {
  const [from, until] = [readDate('--from', flags.from), readDate('--until', flags.until)];
  const server = await openServer(flags);
  const usage = await asked(server, () =>
    server.refreel.usage({ ...(from !== undefined && { from }), ...(until !== undefined && { until }) }),
  );
  return write(flags, usage, usageLines(usage, languageFrom(flags.lang)));
}

/** Lists receipts, newest first. The answer is the exit code. */
export async function tellReceipts({ open, generation, limit, ...flags }: ReceiptFlags): Promise<number> {
  const server = await openServer(flags);
  const found: Receipt[] = [];
  await asked(server, async () => {
    const filter = {
      ...(open !== undefined && { open }),
      ...(generation !== undefined && { generation }),
      limit: Math.min(100, limit),
    };
    for await (const one of server.refreel.receipts.list(filter)) {
      found.push(one);
      if (found.length === limit) break;
    }
  });
  return write(flags, found, receiptLines(found, languageFrom(flags.lang)));
}

/** Settles a bill that nobody here could know. The answer is the exit code. */
export async function settleReceipt(generation: string, flags: SettleFlags): Promise<number> {
  const [micros, currency, more] = flags.amount?.trim().split(/\s+/) ?? [];
  const amount = flags.amount === undefined ? undefined : readMoney(micros ?? '', more === undefined ? currency : '');
  const server = await openServer(flags);
  const bill = { attempt: flags.attempt - 1, billed: flags.billed, ...(amount !== undefined && { amount }) };
  const receipt = await asked(server, () => server.refreel.receipts.settle(generation, bill));
  return write(flags, receipt, receiptLines([receipt], languageFrom(flags.lang)));
}

/** "25.50" and "USD", exact to a millionth. @throws Refusal */
function readMoney(amount: string, currency = ''): Money {
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  const code = currency.toUpperCase();
  if (whole === '' || !/^[A-Z]{3,10}$/.test(code)) {
    const found = {
      en: `"${amount} ${currency}" is no amount such as 25.50 USD`,
      zh: `“${amount} ${currency}”不是金额，应类似 25.50 USD`,
    };
    throw new Refusal(problem('invalid_request', 'amount', { found }));
  }
  return { micros: Number(whole) * 1_000_000 + Number(part.padEnd(6, '0')), currency: code };
}

function readDate(flag: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (!Number.isNaN(at.getTime())) return at;
  const found = { en: `"${text}" is no date such as 2026-11-01`, zh: `“${text}”不是日期，应类似 2026-11-01` };
  throw new Refusal(problem('invalid_request', flag, { found }));
}

function write(flags: ServerFlags, value: unknown, lines: readonly string[]): number {
  const text = flags.json ? JSON.stringify(value, null, 2) : lines.join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
  else process.stderr.write(`${say('nothing', languageFrom(flags.lang))}\n`);
  return exitCodes.done;
}
