import type { RequestFlags } from './request-flags.ts';

// What people may write behind each command, as commander hands it on.

/** How a command talks: options that every command has. */
export interface TalkFlags {
  readonly json?: boolean;
  readonly lang?: string;
}

/** Which server is asked, and with which key. A key is no option: every user of a machine sees the command lines of all. */
export interface ServerFlags extends TalkFlags {
  readonly server?: string;
  readonly keyFile?: string;
}

/** What becomes of a generation that was accepted. */
export interface AwaitFlags {
  readonly output?: string;
  readonly wait?: boolean;
  readonly quiet?: boolean;
}

export interface AcceptFlags extends ServerFlags, AwaitFlags {
  readonly region?: string;
  readonly idempotencyKey?: string;
}

export interface BackupFlags extends TalkFlags {
  readonly data?: string;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
}

export interface BudgetFlags extends ServerFlags {
  readonly workspace?: string;
}

export interface BudgetSetFlags extends BudgetFlags {
  readonly keyId?: string;
  readonly per: 'total' | 'month' | 'day';
}

export interface DownloadFlags extends ServerFlags {
  readonly output: string;
  readonly film?: number;
  readonly wait?: boolean;
  readonly quiet?: boolean;
}

export interface GenerateFlags extends RequestFlags, AcceptFlags {
  /** Id of one that the server told. */
  readonly quote?: string;
  /** Only asks what the server would say. */
  readonly dryRun?: boolean;
}

export interface GetFlags extends ServerFlags {
  readonly wait?: boolean;
  readonly quiet?: boolean;
}

export interface KeyFlags extends TalkFlags {
  readonly workspace?: string;
  readonly data?: string;
  readonly server?: string;
  readonly repeatSeconds?: number;
}

export interface ListFlags extends ServerFlags {
  readonly state?: readonly string[];
  readonly model?: string;
  readonly limit: number;
}

export type Look = 'check' | 'quote' | 'advise';

export interface LookFlags extends RequestFlags, TalkFlags {
  readonly region?: string;
  /** Ids with commas between, or "all"; of `check` alone. */
  readonly models?: string;
}

export interface ModelFlags extends TalkFlags {
  readonly input?: readonly string[];
  readonly audio?: boolean;
  readonly shots?: boolean;
  readonly seconds?: number;
  readonly offline?: boolean;
}

export interface ReceiptFlags extends ServerFlags {
  readonly open?: boolean;
  readonly generation?: string;
  readonly limit: number;
}

export interface RemixFlags extends AcceptFlags {
  readonly prompt?: string;
}

export interface RenderFlags extends RequestFlags, TalkFlags {
  readonly output: string;
  readonly plan?: string;
  readonly encoder: 'node-av' | 'ffmpeg';
  readonly preset?: 'ultrafast' | 'veryfast' | 'medium';
  readonly quiet?: boolean;
}

export interface ResolveFlags extends ServerFlags {
  readonly notCreated?: boolean;
  readonly failed?: boolean;
  readonly vendorId?: string;
  readonly billed?: 'yes' | 'no' | 'unknown';
  readonly attempt: number;
}

export interface ServeFlags extends TalkFlags {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly sandbox?: boolean;
  readonly live?: boolean;
  readonly sandboxAnyway?: boolean;
  readonly timeScale?: string;
  readonly sandboxFaults?: boolean;
}

export interface SettleFlags extends ServerFlags {
  readonly billed: 'yes' | 'no';
  /** "1.20 CNY". */
  readonly amount?: string;
  readonly attempt: number;
}

export interface UsageFlags extends ServerFlags {
  readonly from?: string;
  readonly until?: string;
}
