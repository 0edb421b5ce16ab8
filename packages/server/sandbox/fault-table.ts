import type { Localized } from '@refreel/core/model';

/**
 * When a fault shows. `instead`: in place of an answer, and nothing is accepted. `reply`: the request is accepted, and its answer goes
 * wrong. `life`: the generation ends otherwise than it should. `film`: the film's address does.
 */
export type FaultMoment = 'instead' | 'reply' | 'life' | 'film';

/** What a stand-in can be told to do wrong, and when it shows. */
export interface FaultKind {
  readonly moment: FaultMoment;
  readonly says: Localized;
}

const fault = (moment: FaultMoment, en: string, zh: string): FaultKind => ({ moment, says: { en, zh } });

/** Every fault by its name; a name may be followed by a number where one is told: `slow_create=5`. */
export const faultTable = {
  slow_create: fault(
    'reply',
    'Accepted; the answer comes 30 s later, or after as many seconds as are told',
    '已受理，但 30 秒（或指定秒数）后才响应',
  ),
  lost_create_reply: fault('reply', 'Accepted; the connection ends without an answer', '已受理，但连接在响应前断开'),
  half_json: fault('reply', 'Accepted; the answer breaks off in the middle', '已受理，但响应内容中途截断'),
  http_429_with_retry_after: fault(
    'instead',
    '429 with Retry-After: 1, or as many seconds as are told',
    '返回 429，并带 Retry-After: 1（或指定秒数）',
  ),
  http_500: fault('instead', '500; nothing is accepted', '返回 500，未受理'),
  http_503: fault('instead', '503; nothing is accepted', '返回 503，未受理'),
  connection_reset: fault('instead', 'The connection is reset; nothing is accepted', '连接被重置，未受理'),
  moderation_blocked_at_submit: fault('instead', 'Refused at once by moderation', '提交时即被内容审核拒绝'),
  moderation_blocked_late: fault('life', 'Accepted, then refused by moderation', '受理后被内容审核拒绝'),
  failed: fault('life', 'Accepted, then failed without a reason', '受理后生成失败'),
  stuck_in_progress: fault('life', 'Runs for ever', '一直处于进行中'),
  zero_byte_film: fault('film', 'The film has no bytes', '影片为 0 字节'),
  truncated_film: fault('film', 'The film breaks off in the middle', '影片内容被截断'),
  expired_url: fault('film', "The film's address has expired already", '影片地址已过期'),
  wrong_content_type: fault('film', 'A page of HTML in place of the film', '返回 HTML 页面而非影片'),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultTable;

/** A fault that was asked for. */
export interface Fault {
  readonly name: FaultName;
  /** The number behind its name. */
  readonly amount?: number;
}

export const faultNames = Object.keys(faultTable) as readonly FaultName[];

/** Other names by which a fault may be called. */
const aliases: Readonly<Record<string, FaultName>> = { moderation_blocked: 'moderation_blocked_at_submit' };

/** The longest that a fault may take: whoever waits longer has a client without a time limit. */
const mostAmount = 3600;

/** "http_500", "slow_create=5"; undefined for what is no fault. */
export function readFaultName(text: string): Fault | undefined {
  const [, word = '', number] = /^\s*([a-z0-9_]{1,40})\s*(?:=\s*(\d{1,4}))?\s*$/.exec(text) ?? [];
  const name = Object.hasOwn(aliases, word) ? aliases[word] : (word as FaultName);
  if (name === undefined || !Object.hasOwn(faultTable, name)) return undefined;
  if (number === undefined) return { name };
  return Number(number) <= mostAmount ? { name, amount: Number(number) } : undefined;
}
