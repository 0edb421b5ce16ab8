import { problem } from '../../model/index.ts';
import type { Exchange } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { noBody } from '../message.ts';
import { decodeRefusal } from './refusal.ts';
import { answerJson, type VideoWire } from './video.ts';

/** Deletes a video and its film. */
export function deleteWith(wire: Pick<VideoWire, 'refuse'>): Exchange<'delete'> {
  const path = '/videos/:id';
  return {
    does: 'delete',
    method: 'DELETE',
    path,
    ask: {
      decode: (_, { id = '' }) => ({ ok: true, value: { does: 'delete', id }, notes: [] }),
      encode: ({ id }) => ({
        ok: true,
        message: { method: 'DELETE', path: fillPath(path, { id }), query: {}, headers: {}, body: noBody },
        notes: [],
      }),
    },
    answer: {
      encode: (reply, { id }, context) =>
        reply === undefined
          ? wire.refuse([problem('generation_unknown', '', { found: id })], context)
          : answerJson({ id, object: 'video.deleted', deleted: true }, context),
      decode(answer) {
        if (answer.status === 404 && answer.body.kind === 'json') return { ok: true, value: undefined, notes: [] };
        const refused = decodeRefusal(answer);
        if (refused !== undefined) return { ok: false, problems: [refused] };
        // One engine answers with the video itself: what is no error is done.
        return { ok: true, value: 'deleted', notes: [] };
      },
    },
  };
}
