import { problem } from '../../model/index.ts';
import type { Exchange } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { noBody } from '../message.ts';
import { readAnswer } from './refusal.ts';
import { answerJson, seenOf, type VideoWire } from './video.ts';
import { WireVideo } from './wire.ts';

/** Asks how a video stands. */
export function lookWith(wire: VideoWire): Exchange<'look'> {
  const path = '/videos/:id';
  return {
    does: 'look',
    method: 'GET',
    path,
    ask: {
      decode: (_, { id = '' }) => ({ ok: true, value: { does: 'look', id }, notes: [] }),
      encode: ({ id }) => ({
        ok: true,
        message: { method: 'GET', path: fillPath(path, { id }), query: {}, headers: {}, body: noBody },
        notes: [],
      }),
    },
    answer: {
      // A stranger's and one that never was are answered alike.
      encode: (view, { id }, context) =>
        view === undefined
          ? wire.refuse([problem('generation_unknown', '', { found: id })], context)
          : answerJson(wire.write(view, context, false), context),
      decode(answer) {
        // A page of a proxy says nothing about the video; what the service itself says does.
        if (answer.status === 404 && answer.body.kind === 'json') return { ok: true, value: undefined, notes: [] };
        const read = readAnswer(answer, WireVideo);
        return read.ok ? { ...read, value: seenOf(read.value) } : read;
      },
    },
  };
}
