import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers what a test says, one answer after the other; the last one answers whatever comes after it. */
export interface Unreliable {
  readonly url: string;
  readonly asked: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): void;
}

/** What it does with one request. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts it on a free port. */
export async function startUnreliable(...answers: readonly [Answerer, ...Answerer[]]): Promise<Unreliable> {
  const asked: Unreliable['asked'][number][] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    const one = { method: request.method!, url: request.url!, headers: request.headers, body: '' };
    asked.push(one);
    for await (const chunk of request) one.body += chunk;
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const answer =
  (status: number, json: unknown, headers: Record<string, string> = {}): Answerer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));

export const hangUp: Answerer = (request) => request.socket.destroy();

export const refusal = (code: string, retryable: boolean) => {
  const one = { code, message: 'It cannot be done.', remedy: 'Do another.', path: 'prompt', values: {}, retryable };
  return { error: one, problems: [one] };
};
