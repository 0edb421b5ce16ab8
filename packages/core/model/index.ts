export * from './facts.ts';
export * from './language.ts';
export * from './money.ts';
export * from './reference.ts';
