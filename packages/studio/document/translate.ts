// A file of its own, so that the codecs of every dialect are loaded by themselves.
export { translate } from '@refreel/core/authoring';
