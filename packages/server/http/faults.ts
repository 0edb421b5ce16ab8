import { type Problem, problem, Refusal } from '@refreel/core/model';
import { CursorError, isDiskFull, StoreError } from '../store/index.ts';

/** What an error says to a caller. `fault`: nobody foresaw it, so it belongs into the log. */
export function problemsOfError(
  error: unknown,
  requestId: string,
): { readonly problems: readonly Problem[]; readonly fault: boolean } {
  if (error instanceof Refusal) return { problems: error.problems, fault: false };
  if (error instanceof CursorError) {
    const found = { en: 'no list gave out this cursor', zh: '不是由列表返回的游标' };
    return { problems: [problem('invalid_request', 'cursor', { found })], fault: false };
  }
  if (isDiskFull(error)) {
    const found = { en: 'what the request brings', zh: '请求的内容' };
    return { problems: [problem('disk_full', '', { found })], fault: true };
  }
  if (error instanceof StoreError && error.code === 'text_unstorable') {
    const found = { en: 'it holds a character that cannot be kept', zh: '含有无法保存的字符' };
    return { problems: [problem('invalid_request', 'request', { found })], fault: false };
  }
  if (isDamage(error)) return { problems: [problem('store_damaged', '', { found: requestId })], fault: true };
  if (isAway(error)) return { problems: [problem('store_unavailable', '')], fault: true };
  return { problems: [problem('server_fault', '', { found: requestId })], fault: true };
}

/** What was stored is not as it was stored: a file of ours, or (class XX, 58P01) pages and files of the database. */
function isDamage(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'folder_corrupt';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:XX00[12]|58P01)$/.test(code);
}

/** The database cannot be reached now, which is not the fault of any request: classes 08 and 57P of PostgreSQL, or no connection at all. */
function isAway(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'database_unreachable';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:08\w{3}|57P\w{2}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|DATABASE_ENDED)$/.test(code);
}
