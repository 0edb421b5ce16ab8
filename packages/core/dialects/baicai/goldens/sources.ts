import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const page: GoldenSource = {
  title: 'Baicai inference (LLaMA-Factory Online), "Multi-reference image to video"',
  date: '2026-11-20',
};
/** No page shows uploads, states and results of films: what a client of the vendor's pictures does, taken over for films, is ours. */
export const ours: GoldenSource = {
  title: 'Refreel, after what a client of the pictures of Baicai sends and reads',
  date: '2026-11-20',
};
export const reviewSeen: GoldenSource = {
  title: 'An error of the text service of Baicai, as one of its users met it',
  date: '2026-11-20',
};
