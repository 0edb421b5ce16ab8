/** The vendor's clocks show Shanghai; there is no summer time. */
const shanghaiMilliseconds = 8 * 3_600_000;

/**
 * "2026-03-09T10:44:54.716004004+08:00[Asia/Shanghai]" from milliseconds since 1970: nine digits of the second and a zone, as Java writes
 * them. What common readers of dates take ends before the zone.
 */
export function writeTime(milliseconds: number): string {
  const local = new Date(milliseconds + shanghaiMilliseconds).toISOString().replace('Z', '');
  return `${local}000000+08:00[Asia/Shanghai]`;
}
