import { inRegion } from '../../catalog/index.ts';
import { check, type Facts, type Note, noFacts, type Request } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { CodecContext } from '../dialect.ts';
import { type Answer, type Ask, type Json, jsonBody } from '../message.ts';
import { dashscope } from './index.ts';

/** What the tests of this folder ask with, and what a server would say to it. */

export const path = '/services/aigc/video-generation/video-synthesis';

export const image = (name: string) => ({ type: 'reference_image', url: `https://media.example/${name}.png` });
export const video = (name: string) => ({ type: 'reference_video', url: `https://media.example/${name}.mp4` });
export const frame = { type: 'first_frame', url: 'https://media.example/first.png' };

export function create(body: Json, headers: Readonly<Record<string, string>> = {}): Ask {
  const usual = { 'content-type': 'application/json', 'x-dashscope-async': 'enable' };
  return { method: 'POST', path, query: {}, headers: { ...usual, ...headers }, body: jsonBody(body) };
}

export function ask27(input: { readonly [key: string]: Json } = {}, parameters: Json = {}): Ask {
  return create({ model: 'wan2.7-r2v', input: { prompt: '雨。', media: [image('a')], ...input }, parameters });
}

export function ask26(input: { readonly [key: string]: Json } = {}, parameters: Json = {}, model = 'wan2.6-r2v'): Ask {
  const urls = ['https://media.example/a.png'];
  return create({ model, input: { prompt: 'rain', reference_urls: urls, ...input }, parameters });
}

export interface Served {
  /** Undefined where it was refused. */
  readonly request: Request | undefined;
  readonly notes: readonly Note[];
  /** The vendor's error, where it was refused. */
  readonly refusal: Answer | undefined;
}

/** Reads, looks it over as the model's card of the region has it, and refuses in the vendor's shape. */
export function serve(ask: Ask, more: Partial<CodecContext> = {}, facts: Facts = noFacts): Served {
  const context = contextOf(dashscope, more);
  const read = decodeAsk(dashscope, ask, context);
  if (!read.ok) return { request: undefined, notes: [], refusal: dashscope.refusal.encode(read.problems, context) };
  if (read.value.does !== 'create') throw new Error('not a create');
  const known = context.findCard(read.value.request.model);
  const card = known === undefined ? undefined : inRegion(known, context.region ?? 'cn-beijing');
  if (card === undefined || 'code' in card) throw new Error('a model that is not offered was let in');
  const request = dashscope.afterMeasuring?.(read.value.request, facts, card) ?? read.value.request;
  const checked = check(request, card, facts);
  const notes = [...read.notes, ...checked.notes];
  if (checked.problems.length === 0) return { request, notes, refusal: undefined };
  return { request, notes, refusal: dashscope.refusal.encode(checked.problems, context) };
}

/** "400 InvalidParameter: message". */
export function refusalOf(served: Served): string {
  const { refusal } = served;
  if (refusal === undefined) return 'accepted';
  if (refusal.body.kind !== 'json') throw new Error('an error without JSON');
  const body = refusal.body.value as { code: string; message: string; request_id: string };
  if (Object.keys(body).join() !== 'code,message,request_id')
    throw new Error(`not the vendor's shape: ${JSON.stringify(body)}`);
  return `${refusal.status} ${body.code}: ${body.message}`;
}

export const noted = ({ notes }: Served): string[] => notes.map(({ code, path: at }) => `${code} ${at}`);
