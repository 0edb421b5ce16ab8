import { type LineToSpeak, readLineKey } from '@refreel/core/animatic';
import { shapeMessage } from '@refreel/core/authoring';
import { LineFacts, MediaFacts, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { json, noteHeader, showNote, showProblem } from '../answer.ts';
import { authoredBody, type Route, route } from '../route.ts';
import { ShownNote, ShownProblem } from './shapes.ts';

const common = { access: 'caller', group: 'Drafts' } as const;

const FactsAnswer = z.object({
  /** By the medium as the request names it, and by the line's key. */
  facts: z.object({ media: z.record(z.string(), MediaFacts), lines: z.record(z.string(), LineFacts) }),
  /** The settled film; null where the request has none. */
  film: z.record(z.string(), z.unknown()).nullable(),
  /** Where each line is heard, by its key. */
  speech: z.record(z.string(), z.string()),
  problems: z.array(ShownProblem),
  notes: z.array(ShownNote),
});

/** A line's key, which holds all that it sounds by. */
const lineSaid = shapeMessage({
  en: 'the key of a line, as POST /v1/drafts/facts gives it',
  zh: ' POST /v1/drafts/facts 给出的台词键',
});
const Line = z
  .string()
  .transform((key) => readLineKey(key))
  .refine((line): line is LineToSpeak => line !== undefined, lineSaid);

/** What whoever draws a draft by itself, such as a browser, needs of the server. Nothing is stored or paid for. */
export const draftRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    path: '/v1/drafts/facts',
    owned: false,
    summary: 'What a draft is planned from: measures of its media, and its spoken lines with their words in time',
    body: authoredBody,
    answers: { 200: { says: 'What was measured; problems say what is missing', schema: FactsAnswer } },
    async answer(call, { generations }) {
      const { body: authored, base, language } = call;
      const found = await generations.draftFacts(call.caller, authored.request);
      const notes = [...authored.notes, ...found.notes];
      const speech = Object.keys(found.facts.lines).map((key) => [
        key,
        `${base}/v1/drafts/speech?line=${encodeURIComponent(key.toWellFormed())}`,
      ]);
      return json(
        200,
        {
          facts: found.facts,
          film: found.film ?? null,
          speech: Object.fromEntries(speech),
          problems: [...authored.problems, ...found.problems].map((one) => showProblem(one, language)),
          notes: notes.map((one) => showNote(one, language)),
        },
        noteHeader(notes),
      );
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/drafts/speech',
    owned: false,
    summary: 'A line as it is heard in a draft',
    query: z.strictObject({ line: Line }),
    answers: { 200: { says: 'A WAV file, mono, 48 kHz: the same for the same line', type: 'audio/wav' } },
    answer: async ({ query }, { generations }) => sendBytes(await generations.speak(query.line), 'audio/wav'),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/assets/{sha256}/cutout.webp',
    owned: true,
    summary: 'The subject of a picture, freed from its background: 1600 pixels a side at most',
    answers: {
      200: { says: 'The picture with the matte as its alpha; opaque where nothing stands out', type: 'image/webp' },
      404: { says: 'No such asset' },
      422: { says: 'It is no picture, or cannot be decoded' },
    },
    async answer({ caller, path }, { generations }) {
      const sha256 = path.sha256!;
      const cut = /^[0-9a-f]{64}$/.test(sha256) ? await generations.cutout(caller, sha256) : undefined;
      if (cut === undefined) throw new Refusal(problem('asset_unknown', 'sha256', { found: sha256.slice(0, 100) }));
      if (!cut.ok) throw new Refusal(...cut.problems);
      return sendBytes(cut.value, 'image/webp');
    },
  }),
];

/** What is made of its address alone never changes. */
function sendBytes(bytes: Uint8Array, type: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'content-disposition': 'inline',
    },
  });
}
