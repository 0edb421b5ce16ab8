export { acceptGeneration, type Payment, type Terms } from './accept.ts';
export { costOfAttempt } from './costs.ts';
export { fingerprintOfRequest } from './fingerprint.ts';
export { foreseeBudgets, type Intended } from './foresee.ts';
export { adjustReservations, capProblem, type MovedCost, moveReservation } from './move.ts';
export { type Rate, readRates } from './rates.ts';
export { groupsOf, type Standing, standingOf } from './standing.ts';
