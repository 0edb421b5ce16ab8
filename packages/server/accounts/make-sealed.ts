import { type Problem, problem } from '@refreel/core/model';
import type { StoredAccount } from '../store/index.ts';
import { type Account, AccountEntry, originOf } from './account.ts';
import { readEntry } from './read-entry.ts';
import type { Sealer } from './seal.ts';

/** An account that was added, with its key opened; or why it cannot be used. */
export function makeSealed(id: string, added: NonNullable<StoredAccount['added']>, sealer: Sealer): Account | Problem {
  const { entry, sealedKey } = added;
  const { baseUrl } = AccountEntry.shape.baseUrl.safeParse((entry as { baseUrl?: unknown } | null)?.baseUrl).success
    ? (entry as { baseUrl: string })
    : { baseUrl: '' };
  const origin = URL.canParse(baseUrl) ? originOf({ baseUrl }) : '';
  const key = sealer.open(sealedKey, { id, origin });
  if (key === undefined) return problem('account_sealed', '', { found: id });
  const told: Problem[] = [];
  const read = readEntry(
    { ...(entry as object), ...(key !== '' && { key }) },
    undefined,
    'added',
    (field, found, limit) => {
      told.push(problem('account_invalid', `${id}${field}`, { found, limit }));
    },
  );
  return read?.account ?? told[0] ?? problem('account_sealed', '', { found: id });
}
