/** What somebody typed as an amount, in millionths: "12.5" is 12,500,000. Undefined where it is none. */
export function readMicros(text: string): number | undefined {
  const [, whole, part = ''] = /^\s*(\d{1,9})(?:[.,](\d{1,6}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'));
}
