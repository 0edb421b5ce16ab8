/**
 * Enough of a value from the wire to be recognised in a note: strangers send megabytes, and lists so deep that writing them out
 * would overflow the stack.
 */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length <= 80 ? value : `${value.slice(0, 77).toWellFormed()}...`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? '[...]' : '{...}';
}
