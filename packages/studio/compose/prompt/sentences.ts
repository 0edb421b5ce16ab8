// A file of its own, so that reading of dialogue is loaded by itself.
export { addSentence } from '@refreel/core/model';
