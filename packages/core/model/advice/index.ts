export * from './advice.ts';
export { advise } from './advise.ts';
