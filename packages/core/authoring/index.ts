export { AuthoredReference, AuthoredRequest } from './authored.ts';
export { type ReadRequest, readRequest } from './read-request.ts';
export { type Review, type ReviewOptions, review, unknownModel, wholePrompt } from './review.ts';
