import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a vendor does with one generation; the word stands in its prompt. */
export interface Misdeed {
  /** Answers the `number`th submit (1 is the first). */
  submit?(number: number, answer: ServerResponse, vendor: HostileVendor): void;
  /** Answers the `number`th look. */
  look?(number: number, answer: ServerResponse, vendor: HostileVendor): void;
  /** Answers a cancel; by default it is too late. */
  cancel?(answer: ServerResponse): void;
  /** Answers the `number`th request for its film. */
  film?(number: number, request: IncomingMessage, answer: ServerResponse, vendor: HostileVendor): void;
}

/** A vendor that speaks DashScope's wire and does harm. */
export interface HostileVendor {
  readonly url: string;
  /** What was asked for, by word. */
  readonly asked: Map<string, { submits: number; looks: number; films: number; cancels: number }>;
  /** What each submit asked for, by word. */
  readonly inputs: Map<string, { readonly model: string; readonly media: readonly { readonly url: string }[] }[]>;
  /** What came to the place that keys must not go to. */
  readonly strays: { path: string; authorization: string | undefined }[];
  readonly elsewhere: string;
  close(): Promise<void>;
}

const json = (answer: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) =>
  void answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

/** An acceptance, as the vendor writes it. */
export const accept = (answer: ServerResponse, word: string) =>
  json(answer, 200, { output: { task_id: word, task_status: 'PENDING' }, request_id: 'r' });

/** A refusal. */
export const refuse = (answer: ServerResponse, status: number, code: string, message: string, headers = {}) =>
  json(answer, status, { code, message, request_id: 'r' }, headers);

/** How a task stands. */
export const tell = (answer: ServerResponse, word: string, status: string, url?: string) =>
  json(answer, 200, {
    request_id: 'r',
    output: { task_id: word, task_status: status, ...(url && { video_url: url }) },
  });

export async function openHostileVendor(
  misdeedOf: (word: string) => Misdeed | undefined,
  film: () => Buffer,
): Promise<HostileVendor> {
  const asked: HostileVendor['asked'] = new Map();
  const inputs: HostileVendor['inputs'] = new Map();
  const strays: HostileVendor['strays'] = [];
  const countOf = (word: string) => {
    const count = asked.get(word) ?? { submits: 0, looks: 0, films: 0, cancels: 0 };
    asked.set(word, count);
    return count;
  };
  const stray = createServer((request, answer) => {
    strays.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const server = createServer(async (request, answer) => {
    answer.on('error', () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    // It lists nothing of what it has.
    if (path.startsWith('/tasks?'))
      return json(answer, 200, { request_id: 'r', total: 0, data: [], total_page: 0, page_no: 1, page_size: 100 });
    // Words alone are generations here.
    if (/^\/tasks\/[^/]*[^a-z/]/.test(path)) return tell(answer, path.slice(7), 'UNKNOWN');
    const [, kind, named] = /^\/(tasks|films)\/([a-z]+)/.exec(path) ?? [];
    if (kind === undefined) {
      const { model, input } = JSON.parse(Buffer.concat(chunks).toString()) as {
        model: string;
        input: { prompt: string; media?: { url: string }[]; reference_urls?: string[] };
      };
      const word = /word ([a-z]+)/.exec(input.prompt)?.[1] ?? '';
      const media = input.media ?? (input.reference_urls ?? []).map((url) => ({ url }));
      inputs.set(word, [...(inputs.get(word) ?? []), { model, media }]);
      const count = countOf(word);
      count.submits += 1;
      return (misdeedOf(word)?.submit ?? ((_, one) => accept(one, word)))(count.submits, answer, vendor);
    }
    const count = countOf(named!);
    if (path.endsWith('/cancel')) {
      count.cancels += 1;
      const cancel = misdeedOf(named!)?.cancel;
      if (cancel === undefined) return refuse(answer, 400, 'UnsupportedOperation', 'the task is not PENDING');
      return cancel(answer);
    }
    if (kind === 'tasks') {
      count.looks += 1;
      const look =
        misdeedOf(named!)?.look ?? ((_, one) => tell(one, named!, 'SUCCEEDED', `${vendor.url}/films/${named}.mp4`));
      return look(count.looks, answer, vendor);
    }
    count.films += 1;
    const send =
      misdeedOf(named!)?.film ??
      ((_number, _request, one) => void one.writeHead(200, { 'content-type': 'video/mp4' }).end(film()));
    return send(count.films, request, answer, vendor);
  });
  const listen = async (one: typeof server) => {
    await new Promise<void>((listening) => one.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
  };
  const vendor: HostileVendor = {
    url: await listen(server),
    elsewhere: await listen(stray),
    asked,
    inputs,
    strays,
    async close() {
      for (const one of [server, stray]) {
        one.closeAllConnections();
        await new Promise((closed) => one.close(closed));
      }
    },
  };
  return vendor;
}
