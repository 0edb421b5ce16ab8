import type { Localized } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { writeTime } from './times.ts';

/** The vendor speaks Chinese; English is there for a caller that asks for it, which is ours. */
export function say(words: Localized, context: CodecContext): string {
  return words[context.language ?? 'zh'];
}

/** Every answer of the vendor: 0 or the status of an error, a sentence, the data, and the time. */
export function envelope(code: number, message: string, data: Json, context: CodecContext): Answer {
  return {
    status: code === 0 ? 200 : code,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ code, message, data, ts: writeTime(context.now) }),
  };
}
