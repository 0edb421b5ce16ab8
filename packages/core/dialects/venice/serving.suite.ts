import { type Facts, noFacts } from '../../model/index.ts';
import { type Answer, type Ask, type Json, jsonBody } from '../message.ts';
import { notedBy, type Served, serveBy } from '../serving.suite.ts';
import { venice } from './index.ts';

/** What the tests of this folder ask with, and what a server would say to it. */

export const pro = 'kling-o3-pro-reference-to-video';
export const standard = 'kling-o3-standard-reference-to-video';
export const grok = 'grok-imagine-reference-to-video';

export interface Fields {
  readonly [key: string]: Json;
}

export const picture = (name: string): string => `https://media.example/${name}.png`;
export const element = (name: string, more: Fields = {}): Fields => ({ frontal_image_url: picture(name), ...more });
export const elements = (count: number): Fields[] => many(count, (index) => element(`e${index}`));
export const pictures = (count: number): string[] => many(count, (index) => picture(`p${index}`));

export function many<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function post(path: string, body: Json, headers: Readonly<Record<string, string>> = {}): Ask {
  const usual = { 'content-type': 'application/json' };
  return { method: 'POST', path, query: {}, headers: { ...usual, ...headers }, body: jsonBody(body) };
}

export const queue = (body: Json): Ask => post('/video/queue', body);

/** A body that Kling O3 takes, with these fields in place of its own. */
export function kling(fields: Fields = {}, model = pro): Ask {
  return queue({ model, prompt: 'rain', duration: '5', elements: [element('a')], ...fields });
}

/** A body that Grok takes, with these fields in place of its own. */
export function imagine(fields: Fields = {}): Ask {
  return queue({ model: grok, prompt: '@Image1 runs', duration: '8', referenceImageUrls: [picture('a')], ...fields });
}

/** Reads, looks it over as the model's card has it, and refuses in the vendor's shape. */
export function serve(ask: Ask, facts: Facts = noFacts): Served {
  return serveBy(venice, ask, {}, facts);
}

/** "400 Number of images exceeds the limit", then a line for each field that it speaks of: "elements: ...". */
export function told(refusal: Answer | undefined): string {
  if (refusal === undefined) return 'accepted';
  if (refusal.body.kind !== 'json') throw new Error('an error without JSON');
  const { error, details, issues, ...more } = refusal.body.value as Fields;
  if (typeof error !== 'string' || (details === undefined) !== (issues === undefined))
    throw new Error(`not the vendor's shape: ${JSON.stringify(refusal.body.value)}`);
  if (Object.keys(more).some((key) => key !== 'code'))
    throw new Error(`more than the vendor says: ${Object.keys(more)}`);
  return [`${refusal.status} ${error}`, ...(details === undefined ? [] : fieldsOf(details, ''))].join('\n');
}

function fieldsOf(details: Json, path: string): string[] {
  const { _errors, ...inner } = details as Fields;
  if (!Array.isArray(_errors)) throw new Error(`no _errors at "${path}"`);
  return [
    ..._errors.map((sentence) => `${path}: ${sentence}`),
    ...Object.entries(inner).flatMap(([key, one]) => fieldsOf(one, path === '' ? key : `${path}.${key}`)),
  ];
}

export const refusalOf = (served: Served): string => told(served.refusal);

export const noted = notedBy;
