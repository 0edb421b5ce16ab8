import { readSettings, serve } from '../packages/server/serve.ts';

// The server of `bench/api.ts`: everything but drawing, which would take the processors that are measured.

const read = readSettings(process.env);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const running = await serve(read.settings, { generations: { limits: { renders: 0 } } });
process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
process.once('SIGTERM', () => void running.close());
