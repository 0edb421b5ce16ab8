import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const page: GoldenSource = { title: 'ToAPIs, "Kling v3 video generation"', date: '2026-11-20' };
export const russianPage: GoldenSource = {
  title: 'ToAPIs, "Kling v3 video generation", the Russian edition, whose pictures are `image_urls`',
  date: '2026-11-20',
};
export const statusPage: GoldenSource = { title: 'ToAPIs, "Video task status"', date: '2026-11-20' };
export const uploadPage: GoldenSource = { title: 'ToAPIs, "Upload an image"', date: '2026-11-20' };
export const client: GoldenSource = {
  title: 'What a client of ToAPIs sends for reference images (of another model)',
  date: '2026-11-20',
};
