import { findCard } from '@refreel/core/catalog';
import {
  type Answer,
  type CodecContext,
  type Dialect,
  findDialect,
  type Json,
  type Landfall,
} from '@refreel/core/dialects';
import type { Reference, Request } from '@refreel/core/model';
import { openWire } from './wire.ts';

/** A vendor's client that meets faults. */
export interface FaultClient {
  readonly dialect: Dialect;
  readonly context: CodecContext;
  /** Asks for a film. Undefined where the connection ended before there was an answer that can be read. */
  create(asking?: Asking): Promise<Answer | undefined>;
  /** What its answer leads to: looked at until it has ended, or is in its making and `once` is set. */
  land(answer: Answer, once?: boolean): Promise<Landfall>;
  /** One look, as it came over the wire. */
  look(answer: Answer, headers?: Readonly<Record<string, string>>): Promise<Answer | undefined>;
  /** The address of a film, and what is sent along. */
  film(landed: Landfall): { readonly url: string; readonly headers: Readonly<Record<string, string>> } | undefined;
}

export interface Asking {
  readonly words?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const subject = (image: string): Reference => ({ kind: 'subject', id: 'r1', name: 'cup', image });
const image = (url: string): Reference => ({ kind: 'image', id: 'r1', name: 'cup', image: url });
const say = (words: string, seconds: number) => [{ prompt: [{ mention: 'r1' }, ` steams. ${words}`], seconds }];

/** The smallest film of each vendor. */
export const smallestRequests: Readonly<Record<string, (words: string, cup: string) => Request>> = {
  dashscope: (words, cup) => ({
    model: 'wan2.7-r2v',
    references: [image(cup)],
    shots: say(words, 2),
    tier: '720p',
  }),
  openai: (words) => ({
    model: 'sora-2',
    references: [],
    shots: [{ prompt: [`Rain. ${words}`], seconds: 4 }],
    size: { width: 1280, height: 720 },
  }),
  qiniu: (words) => ({
    model: 'kling-v2-5-turbo',
    references: [],
    shots: [{ prompt: [`Rain. ${words}`], seconds: 5 }],
    mode: 'std',
    size: { width: 1280, height: 720 },
  }),
  venice: (words, cup) => ({
    model: 'kling-o3-standard-reference-to-video',
    references: [subject(cup)],
    shots: say(words, 3),
    audio: false,
  }),
  toapis: (words, cup) => ({
    model: 'kling-v3',
    references: [image(cup)],
    shots: [{ prompt: [`Rain. ${words}`], seconds: 5 }],
    mode: 'std',
  }),
  baicai: (words, cup) => ({
    model: 'PixVerse-v4.5-MR2V',
    references: [subject(cup)],
    shots: say(words, 5),
    tier: '360p',
  }),
};

/** `url`: of the server. `cup`: of a picture that it has. */
export function faultClient(url: string, id: string, cup: string): FaultClient {
  const dialect = findDialect(id)!;
  const { voyage } = dialect;
  const { path, region } = dialect.bases[0]!;
  const context: CodecContext = { requestId: 'faults', now: Date.now(), region, findCard };
  const key = dialect.key.write('sk-faults');
  const wire = openWire(url + path, key);
  const handles = new WeakMap<Answer, Json>();
  const handleOf = (answer: Answer): Json => {
    const kept = handles.get(answer);
    if (kept !== undefined) return kept;
    const accepted = voyage.accepted(answer, context);
    if (!('handle' in accepted)) throw new Error(JSON.stringify(accepted));
    return accepted.handle;
  };
  const broken = () => undefined;
  return {
    dialect,
    context,
    async create({ words = '', headers = {} } = {}) {
      const start = voyage.start(smallestRequests[id]!(words, cup), context);
      if (!start.ok) throw new Error(JSON.stringify(start.problems));
      const ask = { ...start.message, headers: { ...start.message.headers, ...headers } };
      const answer = await wire.send(ask).catch(broken);
      if (answer === undefined || answer.status >= 300) return answer;
      const accepted = voyage.accepted(answer, context, start.message);
      if ('handle' in accepted) handles.set(answer, accepted.handle);
      return answer;
    },
    async land(answer, once = false) {
      let handle = handleOf(answer);
      for (let left = 1200; left > 0; left -= 1) {
        const seen = voyage.seen(await wire.send(voyage.look(handle, context)), handle, context);
        if (seen.is !== 'working' || (once && seen.state === 'running')) return seen;
        handle = seen.handle ?? handle;
        if (seen.handle === undefined) await new Promise((go) => setTimeout(go, 100));
      }
      throw new Error('it did not end');
    },
    async look(answer, headers = {}) {
      const ask = voyage.look(handleOf(answer), context);
      return await wire.send({ ...ask, headers: { ...ask.headers, ...headers } }).catch(broken);
    },
    film(landed) {
      if (landed.is !== 'films') throw new Error(JSON.stringify(landed));
      const found = landed.films[0]?.url;
      if (found === undefined) return undefined;
      return found.startsWith('/') ? { url: url + path + found, headers: key } : { url: found, headers: {} };
    },
  };
}
