export { unknownModel } from '../catalog/index.ts';
export { AuthoredReference, AuthoredRequest } from './authored.ts';
export type { Becomes } from './becomes.ts';
export {
  type Fate,
  type FieldFate,
  fates,
  type LossOptions,
  type LossReport,
  lossReport,
  noteFate,
} from './loss-report.ts';
export { type LossReports, lossReports, modelsToReport, ranked } from './loss-reports.ts';
export { notesBeside } from './notes-beside.ts';
export { readReferences, type SavedReferences, savedIn } from './read-references.ts';
export { type ReadRequest, readRequest } from './read-request.ts';
export { type Review, type ReviewOptions, review, wholePrompt } from './review.ts';
export { shapeProblems } from './shape-problems.ts';
export { isFieldLike } from './unknown-field.ts';
