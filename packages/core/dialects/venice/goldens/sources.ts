import type { GoldenSource } from '../../golden.ts';

/** The documents that the examples are from. */
export const guide: GoldenSource = { title: 'Venice, guide "Reference to Video"', date: '2026-11-20' };
export const videoGuide: GoldenSource = { title: 'Venice, guide "Video Generation"', date: '2026-08-22' };
export const specification: GoldenSource = { title: 'Venice, API specification 20260821.193530', date: '2026-08-21' };
export const errorsPage: GoldenSource = { title: 'Venice, "Error Codes"', date: '2026-08-22' };
