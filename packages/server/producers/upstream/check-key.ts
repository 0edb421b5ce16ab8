import { randomUUID } from 'node:crypto';
import { type Problem, problem } from '@refreel/core/model';
import type { Account } from '../../accounts/index.ts';
import { contextOf } from './compose.ts';
import { handleOfId } from './known-handle.ts';
import { defaultSendLimits } from './step.ts';
import { ofAccount } from './submit.ts';
import { openWire } from './wire.ts';

/** What a vendor says of an account's key. `unclear`: it says nothing of it, because it is not there, too busy, or broken. */
export type KeyChecked =
  | { readonly is: 'taken' }
  | { readonly is: 'refused'; readonly problem: Problem }
  | { readonly is: 'unclear'; readonly problem: Problem };

/** Tries an account's key: looks at a generation that is not there, which costs nothing. */
export async function checkKey(account: Account, seconds = defaultSendLimits.lookSeconds): Promise<KeyChecked> {
  const { dialect } = account;
  const [model = ''] = account.models.keys();
  const id = dialect.publicId(randomUUID().replaceAll('-', ''), Date.now());
  const handle = handleOfId(account, id, { model, references: [], shots: [{ prompt: ['A lamp is lit.'] }] });
  if (handle === undefined) throw new Error(`${dialect.id} has no look at ${id}`);
  const wire = openWire(account);
  try {
    const sent = await wire.ask(dialect.voyage.look(handle, contextOf(account)), undefined, { seconds });
    if (sent.is !== 'answer') return unclear(account, sent.why);
    const { answer } = sent;
    const found = answer.status < 400 ? undefined : dialect.refusal.decode(answer);
    if (answer.status === 401 || found?.code === 'key_invalid' || found?.code === 'key_missing')
      return { is: 'refused', problem: ofAccount(account, problem('key_invalid', '')) };
    const silent = answer.status === 408 || answer.status === 429 || answer.status >= 500;
    return silent ? unclear(account, `status ${answer.status}`) : { is: 'taken' };
  } finally {
    wire.close();
  }
}

function unclear({ key }: Account, why: string): KeyChecked {
  return { is: 'unclear', problem: problem('vendor_unavailable', '', { found: key.hide(why) }) };
}
