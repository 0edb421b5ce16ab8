import type { Fault, FaultName } from '../sandbox/fault-table.ts';
import { readFaultName } from '../sandbox/fault-table.ts';
import { isOf, readFaults, standsAnywhere } from '../sandbox/faults-asked.ts';
import { readKept } from '../sandbox/faults-of-life.ts';
import { type FaultTaker, takeFault } from '../store/index.ts';
import type { Parts } from './parts.ts';

/** In which a request names what is to go wrong with it. */
export const faultHeader = 'x-refreel-fault';

/** A fault that stands in place of an answer, on its way to where it is shown. */
export class FaultShown extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`a fault was asked for: ${fault.name}`);
    this.name = 'FaultShown';
    this.fault = fault;
  }
}

/** Requests whose header had an effect. */
const heeded = new WeakSet<Request>();

/** What the header of a request names, as far as it applies here. @throws Refusal for a name that is none */
export function faultsOfHeader(
  request: Request,
  { faultsObeyed }: Pick<Parts, 'faultsObeyed'>,
  applies: (fault: Fault) => boolean = () => true,
): readonly Fault[] {
  const text = faultsObeyed ? request.headers.get(faultHeader) : null;
  if (text === null) return [];
  const faults = readFaults(text, faultHeader).filter(applies);
  if (faults.length > 0) heeded.add(request);
  return faults;
}

/** The header of a request that nothing heeded, to be told with the answer; undefined where there is nothing to tell. */
export function unheededHeader(request: Request): string | undefined {
  const text = request.headers.get(faultHeader);
  return text === null || heeded.has(request) ? undefined : text;
}

/** What is shown in place of the answer to a question about something that is there: as its header says, or as is armed for it. @throws FaultShown */
export async function showInstead(
  request: Request,
  parts: Pick<Parts, 'faultsObeyed' | 'database'>,
  taker: FaultTaker | undefined,
): Promise<void> {
  const [asked] = faultsOfHeader(request, parts, standsAnywhere);
  if (asked !== undefined) throw new FaultShown(asked);
  const armed = taker === undefined ? undefined : await takeArmed(parts, taker);
  if (armed !== undefined) throw new FaultShown(armed);
}

/** Takes a fault that is armed for such a request. */
export async function takeArmed(
  { faultsObeyed, database }: Pick<Parts, 'faultsObeyed' | 'database'>,
  taker: FaultTaker,
): Promise<Fault | undefined> {
  const text = faultsObeyed ? await takeFault(database.connection, taker) : undefined;
  return text === undefined ? undefined : readFaultName(text);
}

/** What is wrong with a film that is asked for: as the header says, or as is kept with its generation. */
export function filmFault(
  request: Request,
  parts: Pick<Parts, 'faultsObeyed'>,
  kept: readonly string[],
): FaultName | undefined {
  if (!parts.faultsObeyed) return undefined;
  const ofFilm = (fault: Fault) => isOf(fault, 'film');
  return (faultsOfHeader(request, parts, ofFilm)[0] ?? readKept(kept).find(ofFilm))?.name;
}
