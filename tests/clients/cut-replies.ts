import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to a server on which answers get lost. */
export interface CuttingProxy {
  readonly url: string;
  /** Of so many of the next requests the server's answer never arrives. */
  cutNext(count: number): void;
  /** Headers of all that came by. */
  readonly seen: readonly NodeJS.Dict<string | string[]>[];
  close(): void;
}

/** Passes everything on to a server on this machine, and loses answers on the way back when it is told to: what was done there is done. */
export async function openCuttingProxy(target: string): Promise<CuttingProxy> {
  let cuts = 0;
  const seen: NodeJS.Dict<string | string[]>[] = [];
  const server: Server = createServer((came, answer) => {
    seen.push(came.headers);
    const cut = cuts > 0;
    if (cut) cuts -= 1;
    const { hostname, port, host } = new URL(target);
    const sent = ask({ hostname, port, method: came.method, path: came.url, headers: { ...came.headers, host } });
    sent.on('response', (got) => {
      if (cut) {
        got.resume().on('end', () => came.socket.destroy());
        return;
      }
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    sent.on('error', () => came.socket.destroy());
    came.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutNext(count) {
      cuts = count;
    },
    seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
