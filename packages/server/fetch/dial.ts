import { connect, isIPv4, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { readAddress } from './address.ts';
import { FetchRefused, notPublicAddress } from './refusal.ts';
import type { Target } from './target.ts';

/** A connection to one of the checked addresses. */
export interface Dialled {
  /** What to speak through: encrypted where the target is https. */
  readonly socket: Socket;
  /** Bytes that came over the wire so far, encryption and framing included. */
  wireBytes(): number;
  close(): void;
}

/**
 * Connects to a target at one of the given addresses and at no other, whatever its name resolves to by now, and looks at the peer's address
 * again before a byte is sent. Certificates are always verified. Throws `FetchRefused`, or the signal's reason.
 */
export async function dial(
  target: Target,
  addresses: readonly string[],
  authorities: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Dialled> {
  const wire = connect({
    host: target.host,
    port: target.port,
    autoSelectFamily: true,
    // The default of 250 ms gives up on hosts at the other end of the world.
    autoSelectFamilyAttemptTimeout: 1000,
    lookup: (_host, _options, answer) =>
      answer(
        null,
        addresses.map((address) => ({ address, family: isIPv4(address) ? 4 : 6 })),
      ),
  });
  try {
    await opened(wire, 'connect', 'unreachable', signal);
    if (wire.remoteAddress === undefined) throw new FetchRefused({ code: 'reset' });
    const peer = readAddress(wire.remoteAddress)?.toString();
    if (!addresses.some((address) => readAddress(address)?.toString() === peer)) {
      throw new FetchRefused(notPublicAddress);
    }
    wire.setNoDelay(true);
    if (!target.secure) return { socket: wire, wireBytes: () => wire.bytesRead, close: () => wire.destroy() };
    const socket = connectSecurely({
      socket: wire,
      host: target.host,
      ...(target.isLiteral ? {} : { servername: target.host }),
      ALPNProtocols: ['http/1.1'],
      // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
      rejectUnauthorized: true,
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
    });
    await opened(socket, 'secureConnect', 'tls', signal);
    const close = () => {
      socket.destroy();
      wire.destroy();
    };
    return { socket, wireBytes: () => wire.bytesRead, close };
  } catch (error) {
    wire.destroy();
    throw error;
  }
}

function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  code: 'unreachable' | 'tls',
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      socket.destroy();
      reject(signal.reason);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const fail = (error?: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', stop);
      // The code alone: messages have the address.
      reject(new FetchRefused({ code, found: error?.code ?? 'closed' }, error));
    };
    // Stays for the socket's life, or an error after everything was read would end the process.
    socket.on('error', fail);
    socket.once('close', () => fail());
    socket.once(event, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
