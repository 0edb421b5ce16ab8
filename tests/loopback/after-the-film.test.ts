import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { describeDocumentedFilms } from './documented-films.suite.ts';
import { describeExpiry } from './expiry.suite.ts';
import { describePlaying } from './plays.suite.ts';
import { openStage, type Stage } from './stage.ts';
import { describeStrangers } from './strangers.suite.ts';

// What may be done with a film once it is made: by any page, by its owner, by a stranger, and by nobody any more.

let stage: Stage;
let site: Server;
let origin: string;
beforeAll(async () => {
  site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  stage = await openStage(origin);
}, 300_000);
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  expect(stage.server.faults).toEqual([]);
  await stage.close();
});

describeDocumentedFilms(() => stage);
describePlaying(
  () => stage,
  () => origin,
);
describeStrangers(() => stage);
// The last: the clock moves forward only.
describeExpiry(() => stage);
