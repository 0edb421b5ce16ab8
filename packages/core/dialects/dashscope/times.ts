/** The vendor writes times as clocks in Beijing show them, without saying so; there is no summer time. */
const beijingMilliseconds = 8 * 3_600_000;

/** "2026-04-25 15:03:25.848" from milliseconds since 1970. */
export function writeTime(milliseconds: number): string {
  return new Date(milliseconds + beijingMilliseconds).toISOString().replace('T', ' ').replace('Z', '');
}

/** Milliseconds since 1970 from "2026-04-25 15:03:25.848"; undefined for anything else. */
export function readTime(text: string): number | undefined {
  return readParts(/^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?$/.exec(text));
}

/** "20260425150325", as the list is asked for. */
export function writeStamp(milliseconds: number): string {
  return writeTime(milliseconds)
    .replace(/\.\d+$/, '')
    .replace(/\D/g, '');
}

/** Milliseconds since 1970 from "20260425150325"; undefined for anything else, such as the 31st of April. */
export function readStamp(text: string): number | undefined {
  return readParts(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text));
}

function readParts(match: RegExpExecArray | null): number | undefined {
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const time = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const said = new Date(time);
  const exact =
    said.getUTCFullYear() === year &&
    said.getUTCMonth() === month - 1 &&
    said.getUTCDate() === day &&
    said.getUTCHours() === hour &&
    said.getUTCMinutes() === minute &&
    said.getUTCSeconds() === second;
  return exact ? time - beijingMilliseconds : undefined;
}
