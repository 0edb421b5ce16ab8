import type { Exchange } from '../dialect.ts';
import { jsonBody } from '../message.ts';
import { missing, readJson } from './body.ts';
import { readAnswer, unknownRequest } from './refusal.ts';
import { WireComplete, WireCompleted } from './wire.ts';

const json = { 'content-type': 'application/json' };

/** Gives a film up: whoever asked for it has stored it. */
export const complete: Exchange<'delete'> = {
  does: 'delete',
  method: 'POST',
  path: '/video/complete',
  ask: {
    decode(ask) {
      const body = readJson(ask, WireComplete);
      if ('problems' in body) return { ok: false, problems: body.problems };
      const { model, queue_id: id } = body.value;
      const problems = missing({ model, queue_id: id });
      if (model == null || id == null || problems.length > 0) return { ok: false, problems };
      return { ok: true, value: { does: 'delete', id, model }, notes: [] };
    },
    encode({ id, model }) {
      const body = { ...(model !== undefined && { model }), queue_id: id };
      const { method, path } = complete;
      return { ok: true, message: { method, path, query: {}, headers: json, body: jsonBody(body) }, notes: [] };
    },
  },
  answer: {
    // The specification has no 404 here; its table of errors has a 400 for an id that is not known.
    encode: (reply) =>
      reply === undefined ? unknownRequest() : { status: 200, headers: json, body: jsonBody({ success: true }) },
    decode(answer) {
      if (answer.status === 404) return { ok: true, value: undefined, notes: [] };
      const read = readAnswer(answer, WireCompleted);
      return read.ok ? { ...read, value: read.value.success ? ('deleted' as const) : undefined } : read;
    },
  },
};
