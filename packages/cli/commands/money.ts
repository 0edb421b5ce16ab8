import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BudgetFlags, BudgetSetFlags, ReceiptFlags, SettleFlags, UsageFlags } from '../flags.ts';
import { act } from './act.ts';
import { addServerFlags } from './server-flags.ts';

/** `budgets`, `usage`, `receipts`: what may be paid to vendors, and what was. */
export function addMoney(program: Command): void {
  const load = () => import('../actions/money.ts');

  const budgets = program
    .command('budgets')
    .summary('say how much may be spent at vendors')
    .description(
      'Budgets of a server: of one key or of a whole workspace, in one currency, for a day, a month (UTC) or in all. What would pass one is refused before anything is sent. What the administrator sets (with its key in REFREEL_KEY), keys of the workspace cannot change.',
    );
  const list = budgets.command('list').summary('list the budgets, with what is reserved, spent and left');
  const set = budgets
    .command('set')
    .summary('set a budget, or change its limit')
    .argument('<amount>', 'how much, such as 25.50')
    .argument('<currency>', 'of what, such as USD')
    .addOption(new Option('--per <period>', 'of which time').choices(['month', 'day', 'total']).default('month'))
    .option(
      '--key-id <id>',
      'of the key with this id alone, which is no secret (default: of all keys of the workspace together)',
    );
  const remove = budgets.command('remove').summary('remove a budget').argument('<id>', 'its id, as the list shows it');
  for (const command of [list, set, remove]) {
    command
      .option('--workspace <name>', 'whose budgets, for the administrator (default: default)')
      .exitOverride()
      .showHelpAfterError('(add --help for the options)');
    addServerFlags(command);
  }
  list.action((flags: BudgetFlags) => act(flags, async () => (await load()).tellBudgets(flags)));
  set.action((amount: string, currency: string, flags: BudgetSetFlags) =>
    act(flags, async () => (await load()).setBudget(amount, currency, flags)),
  );
  remove.action((id: string, flags: BudgetFlags) => act(flags, async () => (await load()).removeBudget(id, flags)));

  const usage = program
    .command('usage')
    .summary('say what was made and what vendors were paid, by day, key and model')
    .option('--from <date>', 'first day (UTC), such as 2026-11-01 (default: 30 days ago)')
    .option('--until <date>', 'up to this day, which is left out');
  addServerFlags(usage).action((flags: UsageFlags) => act(flags, async () => (await load()).tellUsage(flags)));

  const receipts = program
    .command('receipts')
    .summary('say what every attempt at a vendor was to cost, and what became of it');
  const listed = receipts
    .command('list')
    .summary('list receipts, newest first')
    .option('--open', 'only those that are not settled')
    .option('--generation <id>', 'only those of this generation')
    .option('--limit <number>', 'at most so many', wholeNumber, 20);
  const settle = receipts
    .command('settle')
    .summary('say whether a vendor charged for what has ended, where nobody here could know it')
    .description(
      "Settles the bill of an attempt that has ended while nobody could tell whether its vendor charged for it; what is not charged is released. Look into the vendor's console first. What is unconfirmed is resolved instead: generations resolve.",
    )
    .argument('<generation>', 'the generation')
    .addOption(new Option('--billed <answer>', 'whether it was charged').choices(['yes', 'no']).makeOptionMandatory())
    .option('--amount <amount>', 'what was charged, where that is less than what is held: "1.20 CNY"')
    .option('--attempt <number>', 'which of its attempts; 1 is the first', wholeNumber, 1);
  for (const command of [listed, settle]) {
    command.exitOverride().showHelpAfterError('(add --help for the options)');
    addServerFlags(command);
  }
  listed.action((flags: ReceiptFlags) => act(flags, async () => (await load()).tellReceipts(flags)));
  settle.action((generation: string, flags: SettleFlags) =>
    act(flags, async () => (await load()).settleReceipt(generation, flags)),
  );
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It must be a whole number of 1 or more.');
  return Number(value);
}
