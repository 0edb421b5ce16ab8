// A file of its own, so that the rules of advice are loaded by themselves.
export { advise } from '@refreel/core/model';
