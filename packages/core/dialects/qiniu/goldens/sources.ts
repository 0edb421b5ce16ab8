import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const page: GoldenSource = {
  title: 'Qiniu AI inference, "Video generation (OpenAI compatible)"',
  date: '2026-11-20',
};
export const client: GoldenSource = { title: 'npm openai 7.55.0, requests captured on loopback', date: '2026-11-20' };
export const thirdParty: GoldenSource = {
  title: 'npm @bowenqt/qiniu-ai-sdk 0.49.2, a client by others: what it reads of an error',
  date: '2026-03-21',
};
