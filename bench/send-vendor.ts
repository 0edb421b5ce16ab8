import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A vendor of DashScope's wire that never finishes, and remembers when each task was looked at. A line on standard input starts the record anew;
// it answers with what it had: looks, and the milliseconds between two looks at the same task.

let gaps: number[] = [];
let looks = 0;
const lastAt = new Map<string, number>();
let made = 0;

const server = createServer((request, answer) => {
  const now = performance.now();
  const task = /^\/tasks\/([\w-]+)/.exec(request.url ?? '')?.[1];
  request.resume();
  if (task !== undefined) {
    looks += 1;
    const before = lastAt.get(task);
    if (before !== undefined) gaps.push(now - before);
    lastAt.set(task, now);
  } else made += 1;
  const output = { task_id: task ?? `t${made}`, task_status: task === undefined ? 'PENDING' : 'RUNNING' };
  const body = JSON.stringify({ request_id: 'r', output });
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`{"url":"http://127.0.0.1:${(server.address() as AddressInfo).port}"}\n`),
);
process.stdin.on('data', () => {
  process.stdout.write(`${JSON.stringify({ looks, gaps: gaps.map(Math.round), tasks: lastAt.size })}\n`);
  [gaps, looks] = [[], 0];
});
process.stdin.on('end', () => process.exit(0));
