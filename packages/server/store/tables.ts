import type { MediaFacts, Note, Problem, Request, State } from '@refreel/core/model';
import type { ColumnType, GeneratedAlways } from 'kysely';

/** Set by the database when it is not given; never changed by hand. */
type Stamp = ColumnType<Date, never, never>;
/** Written through SQL expressions only, so that every time is the database's. */
type Time = ColumnType<Date | null, never, never>;

/** Whether a vendor charged. */
export type Billed = 'yes' | 'no' | 'unknown';

/** Who makes the film. */
export type ProducerName = 'animatic' | 'upstream';

/** Any value that JSON can say; opaque to the store. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

export interface WorkspaceTable {
  id: string;
  name: string;
  createdAt: Stamp;
}

export interface KeyTable {
  workspaceId: string;
  id: string;
  name: string;
  secretSha256: Buffer;
  prefix: string;
  createdAt: Stamp;
  lastUsedAt: Time;
  revokedAt: Time;
  repeatSeconds: number | null;
}

export interface EndedSessionTable {
  workspaceId: string;
  id: string;
  until: Date;
}

export interface AssetTable {
  workspaceId: string;
  sha256: string;
  mediaType: string;
  bytes: number;
  name: string | null;
  facts: MediaFacts;
  createdAt: Stamp;
}

export interface GenerationTable {
  workspaceId: string;
  id: string;
  keyId: string | null;
  dialect: string;
  publicId: string;
  echo: Json;
  request: Request;
  model: string;
  state: State;
  notes: readonly Note[];
  quote: unknown;
  remixOf: string | null;
  idempotencyKey: string | null;
  createdAt: Stamp;
  updatedAt: Stamp;
  finishedAt: Time;
  recalledAt: Time;
  deletedAt: Time;
  starredAt: Time;
  purgedAt: Time;
  faults: readonly string[];
}

export interface AttemptTable {
  workspaceId: string;
  generationId: string;
  index: number;
  producer: ProducerName;
  account: string;
  model: string | null;
  place: number | null;
  state: State;
  intent: string | null;
  handle: Json;
  queue: string;
  turn: number | null;
  dueAt: Time;
  worker: string | null;
  token: string | null;
  claims: number;
  progress: Json;
  billed: Billed;
  problems: readonly Problem[];
  createdAt: Stamp;
  updatedAt: Stamp;
  startedAt: Time;
  finishedAt: Time;
}

export interface FilmTable {
  workspaceId: string;
  generationId: string;
  index: number;
  attemptIndex: number;
  sha256: string;
  mediaType: string;
  bytes: number;
  facts: Json;
  createdAt: Stamp;
}

export interface EventTable {
  workspaceId: string;
  id: GeneratedAlways<number>;
  generationId: string | null;
  kind: string;
  data: Json;
  at: Stamp;
}

export interface IdempotencyTable {
  workspaceId: string;
  dialect: string;
  key: string;
  bodySha256: string;
  state: 'running' | 'done';
  token: string;
  runningUntil: Stamp;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
  expiresAt: Stamp;
}

export interface UploadTable {
  workspaceId: string;
  name: string;
  sha256: string;
  expiresAt: Time;
  createdAt: Stamp;
  model: string | null;
}

export interface ClockMoveTable {
  at: Time;
  aheadMilliseconds: number;
}

export interface ArmedFaultTable {
  id: string;
  fault: string;
  askedFor: string;
  dialect: string | null;
  model: string | null;
  times: number;
  remaining: number;
  armedAt: Stamp;
}

export interface SavedReferenceTable {
  workspaceId: string;
  id: string;
  name: string;
  description: string | null;
  content: Json;
  createdAt: Stamp;
}

export interface SavedReferenceUseTable {
  workspaceId: string;
  referenceId: string;
  generationId: string;
}

export interface ProjectTable {
  workspaceId: string;
  id: string;
  name: string;
  version: number;
  createdAt: Stamp;
  updatedAt: Stamp;
  deletedAt: Time;
}

export interface ProjectVersionTable {
  workspaceId: string;
  projectId: string;
  version: number;
  name: string;
  document: Json;
  keyId: string | null;
  device: string | null;
  sitting: string | null;
  beganAt: Stamp;
  savedAt: Stamp;
}

export interface ProjectMediaTable {
  workspaceId: string;
  projectId: string;
  version: number;
  sha256: string;
  place: number;
}

export interface WebhookTable {
  workspaceId: string;
  id: string;
  url: string;
  kinds: Json;
  afterEvent: number;
  dueAt: Time;
  token: string | null;
  failures: number;
  failingSince: Time;
  problem: Json;
  disabledAt: Time;
  createdAt: Stamp;
}

export interface AccountTable {
  id: string;
  entry: Json;
  sealedKey: Buffer | null;
  asideAt: Time;
  asideProblem: Problem | null;
  asideMark: string | null;
  submits: Date[];
  createdAt: Stamp;
}

export interface QuoteTable {
  workspaceId: string;
  id: string;
  keyId: string | null;
  fingerprint: string;
  quote: Json;
  expiresAt: Stamp;
  generationId: string | null;
  createdAt: Stamp;
}

export interface BudgetTable {
  workspaceId: string;
  id: string;
  keyId: string | null;
  currency: string;
  period: 'total' | 'month' | 'day';
  limitMicros: number;
  setBy: 'administrator' | 'workspace';
  createdAt: Stamp;
  updatedAt: Stamp;
}

export interface ReceiptTable {
  workspaceId: string;
  generationId: string;
  attemptIndex: number;
  keyId: string | null;
  model: string;
  account: string;
  day: Stamp;
  currency: string | null;
  capMicros: number | null;
  seconds: number;
  settings: Json;
  createdAt: Stamp;
}

export interface BookingTable {
  workspaceId: string;
  id: string;
  generationId: string;
  kind: 'reserve' | 'settle' | 'release';
  at: Stamp;
}

export interface BookingEntryTable {
  workspaceId: string;
  bookingId: string;
  generationId: string;
  attemptIndex: number;
  place: 'purse' | 'reserved' | 'vendor';
  currency: string;
  micros: number;
}

/** Written by the entries of bookings alone. */
export interface SpendingTable {
  workspaceId: string;
  day: Stamp;
  currency: string;
  keyId: string;
  model: string;
  reservedMicros: number;
  vendorMicros: number;
}

/** Every table of the store as Kysely sees it; the SQL beside the migrations says what the columns mean. */
export interface Tables {
  workspaces: WorkspaceTable;
  keys: KeyTable;
  endedSessions: EndedSessionTable;
  assets: AssetTable;
  generations: GenerationTable;
  accounts: AccountTable;
  attempts: AttemptTable;
  films: FilmTable;
  events: EventTable;
  idempotency: IdempotencyTable;
  uploads: UploadTable;
  clockMoves: ClockMoveTable;
  armedFaults: ArmedFaultTable;
  savedReferences: SavedReferenceTable;
  savedReferenceUses: SavedReferenceUseTable;
  webhooks: WebhookTable;
  projects: ProjectTable;
  projectVersions: ProjectVersionTable;
  projectMedia: ProjectMediaTable;
  quotes: QuoteTable;
  budgets: BudgetTable;
  receipts: ReceiptTable;
  bookings: BookingTable;
  bookingEntries: BookingEntryTable;
  spending: SpendingTable;
}

/** Tables whose rows belong to a workspace: no statement may name one without `workspace_id`. */
export const ownedTables = [
  'keys',
  'ended_sessions',
  'assets',
  'generations',
  'attempts',
  'films',
  'events',
  'idempotency',
  'uploads',
  'saved_references',
  'saved_reference_uses',
  'webhooks',
  'projects',
  'project_versions',
  'project_media',
  'quotes',
  'budgets',
  'receipts',
  'bookings',
  'booking_entries',
  'spending',
] as const;
