import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const specification: GoldenSource = { title: 'OpenAI, openapi.yaml (commit f85dbe22)', date: '2026-08-21' };
export const client: GoldenSource = { title: 'npm openai 7.55.0, requests captured on loopback', date: '2026-11-20' };
export const users: GoldenSource = {
  title: 'Errors that users of Sora at OpenAI and Azure report',
  date: '2026-05-10',
};
export const engines: GoldenSource = {
  title: 'vLLM-Omni (0131cb55) and SGLang (00ae37c8, 020befb6), video endpoints',
  date: '2026-11-20',
};
