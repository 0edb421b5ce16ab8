import { problem, Refusal } from '@refreel/core/model';
import { type Fault, type FaultMoment, faultNames, faultTable, readFaultName } from './fault-table.ts';

/** Faults of one request: nobody needs as many. */
export const mostAsked = 8;

/** `http_500`, or `failed, zero_byte_film`. @throws Refusal for what is no fault */
export function readFaults(text: string, path: string): Fault[] {
  const names = text.split(',').filter((name) => name.trim() !== '');
  if (names.length > mostAsked) throw unknownFault(text, path);
  return names.map((name) => {
    const found = readFaultName(name);
    if (found === undefined) throw unknownFault(name.trim(), path);
    return found;
  });
}

/** The refusal of a name that is none; it lists those that are. */
export function unknownFault(name: string, path: string): Refusal {
  return new Refusal(problem('fault_unknown', path, { found: name.slice(0, 60), limit: faultNames }));
}

export function isOf(fault: Fault, ...moments: readonly FaultMoment[]): boolean {
  return moments.includes(faultTable[fault.name].moment);
}

/** In place of an answer to whatever is asked, not of an acceptance alone. */
export function standsAnywhere(fault: Fault): boolean {
  return isOf(fault, 'instead') && fault.name !== 'moderation_blocked_at_submit';
}

/** As it is kept: "failed", "slow_create=5". */
export function faultText({ name, amount }: Fault): string {
  return amount === undefined ? name : `${name}=${amount}`;
}
