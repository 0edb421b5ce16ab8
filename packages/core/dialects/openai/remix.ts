import { problem } from '../../model/index.ts';
import type { Exchange } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { extrasOf, readFields, writeFields } from './fields.ts';
import { acceptanceOf, type VideoWire } from './video.ts';
import { wrongTypes } from './wire.ts';

export const remixPath = '/videos/:id/remix';

/** Asks for another film of the same model, length and size as a finished one, with other words. */
export function remixWith(wire: VideoWire): Exchange<'remix'> {
  return {
    does: 'remix',
    method: 'POST',
    path: remixPath,
    ask: {
      decode(ask, { id = '' }) {
        const fields = readFields(ask);
        if ('problems' in fields) return { ok: false, problems: fields.problems };
        const { value } = fields;
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
          const found = { en: 'it must be an object', zh: '应为对象' };
          return { ok: false, problems: [problem('invalid_request', 'body', { found })] };
        }
        const wrong = wrongTypes(value, ['prompt']);
        if (wrong.length > 0) return { ok: false, problems: wrong };
        const prompt = Object.hasOwn(value, 'prompt') ? (value as { prompt: unknown }).prompt : undefined;
        if (typeof prompt !== 'string') return { ok: false, problems: [problem('field_missing', 'prompt')] };
        if (prompt.trim() === '') return { ok: false, problems: [problem('prompt_empty', 'prompt')] };
        const extras = extrasOf(value, ['prompt'], '', wire.refusesUnknown);
        if (extras.problems.length > 0) return { ok: false, problems: extras.problems };
        return { ok: true, value: { does: 'remix', id, prompt }, notes: extras.notes };
      },
      encode: ({ id, prompt }) => ({
        ok: true,
        message: { method: 'POST', path: fillPath(remixPath, { id }), query: {}, ...writeFields({ prompt }, false) },
        notes: [],
      }),
    },
    answer: acceptanceOf(wire),
  };
}
