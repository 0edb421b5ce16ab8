import type { Card } from '@refreel/core/model';
import type { AccountDesk } from '../accounts/index.ts';
import type { Generations } from '../generations/service.ts';
import type { Rate } from '../money/index.ts';
import type { SandboxClock } from '../sandbox/clock.ts';
import type { Database, Files } from '../store/index.ts';
import type { Webhooks } from '../webhooks/index.ts';
import type { Door } from './front-door.ts';
import type { Metrics } from './metrics.ts';
import type { Signers } from './signer.ts';

/** What the routes work with. */
export interface Parts {
  readonly database: Database;
  readonly files: Files;
  readonly generations: Generations;
  /** Models that accounts bring along, before those of the catalog. */
  readonly cards?: () => readonly Card[];
  readonly accounts: AccountDesk;
  /** By which budgets count other currencies than their own. Default: none. */
  readonly rates?: readonly Rate[];
  /** How the server stands in its network; the port is known once it listens. */
  readonly door: () => Omit<Door, 'locked'>;
  readonly adminKey: string | undefined;
  /** Signs and checks with the server's secret: `signer('upload').sign(text)`. One purpose, one key. */
  readonly signer: Signers;
  readonly metrics: Metrics;
  readonly webhooks: Webhooks;
  /** What the stand-in's states and expiries go by. */
  readonly clock: SandboxClock;
  /** Whether faults are shown that requests name or an operator arms. */
  readonly faultsObeyed: boolean;
  /** Whether what an account can make is sent there and paid for, or drawn here. */
  readonly mode: 'sandbox' | 'live';
  readonly version: string;
  /** Aborted when the server begins to stop: streams end, and nothing new is taken. */
  readonly stopping: AbortSignal;
  /** Told of every fault: nothing of it reaches the caller but the id. */
  readonly onFault: (error: unknown, requestId: string) => void;
  readonly limits: HttpLimits;
}

/** What a request may be at most. */
export interface HttpLimits {
  /** Of a JSON body, or of a form, which are read whole. */
  readonly bodyBytes: number;
  /** Of raw bytes, which are streamed into the store. */
  readonly uploadBytes: number;
  /** Without another byte for so long, a body is given up. */
  readonly idleSeconds: number;
  /** How long a repeated request waits for the first one. */
  readonly repeatSeconds: number;
  readonly heartbeatSeconds: number;
}

export const defaultLimits: HttpLimits = {
  // Several pictures of 10 MB, which grow by a third as data URIs.
  bodyBytes: 64 * 1024 * 1024,
  uploadBytes: 200 * 1024 * 1024,
  idleSeconds: 30,
  repeatSeconds: 10,
  // Proxies close what is silent for a minute, some for half of one.
  heartbeatSeconds: 15,
};
