import { findCard } from '../../catalog/index.ts';
import type { Card, Facts } from '../../model/index.ts';
import type { Dialect } from '../dialect.ts';
import { type Ask, type FormPart, type Json, jsonBody } from '../message.ts';
import { type Served, serveBy } from '../serving.suite.ts';

/** What the tests of this shape ask with, and what a server would say to it. */

export function json(body: Json, path = '/videos'): Ask {
  return { method: 'POST', path, query: {}, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
}

/** Texts by name, and files, which are handles. */
export function form(
  texts: readonly (readonly [string, string])[],
  files: readonly (readonly [string, string])[] = [],
): Ask {
  const parts: FormPart[] = [
    ...texts.map(([name, value]) => ({ name, value })),
    ...files.map(([name, bytes]) => ({ name, fileName: 'a.png', mediaType: 'image/png', bytes })),
  ];
  return { method: 'POST', path: '/videos', query: {}, headers: {}, body: { kind: 'form', parts } };
}

/** What a server would say; `brought` are models that an account brings. */
export function serve(dialect: Dialect, ask: Ask, facts?: Facts, brought: readonly Card[] = []): Served {
  return serveBy(dialect, ask, { findCard: (id) => findCard(id, brought) }, facts);
}

/** "400 invalid_value size: message"; a place or code that is null is left out. */
export function refusalOf({ refusal }: Pick<Served, 'refusal'>): string {
  if (refusal === undefined) return 'accepted';
  if (refusal.body.kind !== 'json') throw new Error('an error without JSON');
  const body = refusal.body.value as {
    error: { message: string; type: string; param: string | null; code: string | null };
  };
  if (Object.keys(body).join() !== 'error' || Object.keys(body.error).join() !== 'message,type,param,code')
    throw new Error(`not the vendor's shape: ${JSON.stringify(body)}`);
  const { message, param, code } = body.error;
  return `${[refusal.status, code, param].filter((one) => one !== null).join(' ')}: ${message}`;
}
