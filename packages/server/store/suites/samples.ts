import { randomUUID } from 'node:crypto';
import type { Request } from '@refreel/core/model';
import {
  type ClaimedAttempt,
  claimAttempts,
  createGeneration,
  createKey,
  createWorkspace,
  type Database,
  type NewGeneration,
  type WorkspaceId,
} from '../index.ts';

/** Gives the store that a suite runs on. */
export type StoreUnderTest = () => Database;

const sampleRequest: Request = {
  model: 'animatic',
  references: [],
  shots: [{ prompt: ['A lamp is lit.'] }],
};

/** A workspace with a key, and an account of its own so that claims of other tests never meet its attempts. */
export interface Tenant {
  readonly workspace: WorkspaceId;
  readonly key: string;
  readonly secret: string;
  readonly account: string;
}

export async function makeTenant(database: Database, account: string = randomUUID()): Promise<Tenant> {
  const { id: workspace } = await createWorkspace(database.connection, 'test');
  const { key, secret } = await createKey(database.connection, workspace, 'test');
  return { workspace, key: key.id, secret, account };
}

export function newGeneration(tenant: Tenant, change: Partial<NewGeneration> = {}): NewGeneration {
  return {
    keyId: tenant.key,
    dialect: 'refreel',
    echo: {},
    request: sampleRequest,
    notes: [],
    quote: null,
    state: 'queued',
    attempts: [{ producer: 'upstream', account: tenant.account }],
    ...change,
  };
}

/** Accepts a generation with so many attempts. */
export async function accept(database: Database, tenant: Tenant, attempts = 1): Promise<string> {
  const one = { producer: 'upstream', account: tenant.account } as const;
  const made = await createGeneration(
    database.connection,
    tenant.workspace,
    newGeneration(tenant, { attempts: Array.from({ length: attempts }, () => one) }),
  );
  return made.id;
}

export function claim(database: Database, account: string, limit = 10, leaseSeconds = 60): Promise<ClaimedAttempt[]> {
  return claimAttempts(database.connection, { worker: 'test', producer: 'upstream', account, limit, leaseSeconds });
}

export async function claimOne(database: Database, account: string, leaseSeconds = 60): Promise<ClaimedAttempt> {
  const [one] = await claim(database, account, 1, leaseSeconds);
  if (one === undefined) throw new Error('nothing to claim');
  return one;
}

export const sampleFilm = { index: 0, sha256: 'f'.repeat(64), mediaType: 'video/mp4', bytes: 9, facts: { seconds: 1 } };
