import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const guide: GoldenSource = {
  title: 'Alibaba Cloud Model Studio, guide "Wan: reference to video"',
  date: '2026-11-20',
};
export const reference27: GoldenSource = {
  title: 'Alibaba Cloud Model Studio, API reference "Wan 2.7 reference to video"',
  date: '2026-04-25',
};
export const reference26: GoldenSource = {
  title: 'Alibaba Cloud Model Studio, API reference "Wan 2.6 reference to video"',
  date: '2026-01-29',
};
export const tasksPage: GoldenSource = {
  title: 'Alibaba Cloud Model Studio, "Manage asynchronous tasks"',
  date: '2025-04-25',
};
export const uploadPage: GoldenSource = {
  title: 'Alibaba Cloud Model Studio, "Get a temporary file URL"',
  date: '2026-11-20',
};
export const errorsPage: GoldenSource = { title: 'Alibaba Cloud Model Studio, "Error codes"', date: '2026-06-25' };
export const pythonClient: GoldenSource = {
  title: 'DashScope SDK for Python 1.26.2, requests captured on loopback',
  date: '2026-07-02',
};
export const aiClient: GoldenSource = { title: 'npm @ai-sdk/alibaba 2.0.34, source', date: '2026-08-22' };
