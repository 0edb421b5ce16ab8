import { problem } from '../../model/index.ts';
import type { Exchange } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { jsonBody, noBody } from '../message.ts';
import { decodeRefusal, encodeRefusal } from './refusal.ts';
import { cancelledWhileIn } from './states.ts';

/** Takes a task back while it waits. Its body does not count: one of the vendor's clients sends none, another an empty form of a request. */
export const cancel: Exchange<'cancel'> = {
  does: 'cancel',
  method: 'POST',
  path: '/tasks/:id/cancel',
  ask: {
    decode: (_, { id = '' }) => ({ ok: true, value: { does: 'cancel', id, whileIn: cancelledWhileIn }, notes: [] }),
    encode: ({ id }) => ({
      ok: true,
      message: { method: cancel.method, path: fillPath(cancel.path, { id }), query: {}, headers: {}, body: noBody },
      notes: [],
    }),
  },
  answer: {
    encode(reply, { id }, context) {
      // A stranger's task and one that runs are answered alike.
      if (reply !== 'cancelled')
        return encodeRefusal(
          [problem(reply === undefined ? 'generation_unknown' : 'cancel_too_late', '', { found: id })],
          context,
        );
      const headers = { 'content-type': 'application/json' };
      return { status: 200, headers, body: jsonBody({ request_id: context.requestId }) };
    },
    decode(answer) {
      if (answer.status < 400) return { ok: true, value: 'cancelled', notes: [] };
      const refused = decodeRefusal(answer) ?? problem('answer_unreadable', '', { found: answer.status });
      if (refused.values.vendorCode === 'UnsupportedOperation') return { ok: true, value: 'too-late', notes: [] };
      return { ok: false, problems: [refused] };
    },
  },
};
