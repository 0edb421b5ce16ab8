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
export { review } from './review.ts';
export { type Review, type ReviewOptions, type ReviewTools, reviewWith, wholePrompt } from './review-with.ts';
export { shapeProblems } from './shape-problems.ts';
export { shapeMessage } from './shape-words.ts';
export { type Translate, translate } from './translate.ts';
export { isFieldLike } from './unknown-field.ts';
