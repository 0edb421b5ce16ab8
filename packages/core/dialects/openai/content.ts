import { problem } from '../../model/index.ts';
import type { Exchange, Question } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { noBody } from '../message.ts';
import { decodeRefusal } from './refusal.ts';
import type { VideoWire } from './video.ts';

const variants = ['video', 'thumbnail', 'spritesheet'] as const satisfies Extract<
  Question,
  { does: 'content' }
>['variant'][];

export const contentPath = '/videos/:id/content';

/** Asks for a film's bytes, or for pictures made of it. */
export function contentWith(wire: Pick<VideoWire, 'refuse'>): Exchange<'content'> {
  return {
    does: 'content',
    method: 'GET',
    path: contentPath,
    ask: {
      decode({ query }, { id = '' }) {
        const said = Object.hasOwn(query, 'variant') && query.variant !== '' ? query.variant : 'video';
        const variant = variants.find((one) => one === said);
        if (variant !== undefined) return { ok: true, value: { does: 'content', id, variant }, notes: [] };
        const found = { en: `it must be one of ${variants.join(', ')}`, zh: `应为 ${variants.join('、')} 之一` };
        return { ok: false, problems: [problem('invalid_request', 'variant', { found })] };
      },
      encode: ({ id, variant }) => ({
        ok: true,
        message: {
          method: 'GET',
          path: fillPath(contentPath, { id }),
          query: variant === 'video' ? {} : { variant },
          headers: { accept: 'application/binary' },
          body: noBody,
        },
        notes: [],
      }),
    },
    answer: {
      encode(reply, { id }, context) {
        // Unknown, a stranger's, not done yet or past its time: one may not tell which.
        if (reply === undefined) return wire.refuse([problem('generation_unknown', '', { found: id })], context);
        const { bytes, mediaType } = reply;
        const headers = { 'content-type': mediaType, 'x-request-id': context.requestId };
        return { status: 200, headers, body: { kind: 'bytes', bytes, mediaType } };
      },
      decode(answer) {
        if (answer.status === 404 && answer.body.kind === 'json') return { ok: true, value: undefined, notes: [] };
        const refused = decodeRefusal(answer);
        if (refused !== undefined) return { ok: false, problems: [refused] };
        const { body } = answer;
        if (body.kind === 'bytes')
          return { ok: true, value: { bytes: body.bytes, mediaType: body.mediaType }, notes: [] };
        const found = { en: 'a film was expected', zh: '应为影片' };
        return { ok: false, problems: [problem('answer_unreadable', '', { found })] };
      },
    },
  };
}
