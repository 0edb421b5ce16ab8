import sharp from 'sharp';
import { ErrorAnswer } from './http/native/shapes.ts';
import { appHost, type TestApp } from './test-app.ts';
import type { Chance } from './test-chance.ts';
import { documentedAsks } from './test-dialect-routes.ts';
import { type Ammunition, type FuzzRoute, makeShot, type Shot, toRequest } from './test-fuzz.ts';

/** What came of shots at one route. */
export interface Shots {
  readonly shots: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Answers that no request may get, each with the request. */
  readonly wrong: readonly string[];
}

/** Shots that are under way at the same time. */
const atOnce = 16;

/** No answer takes that long, however busy the machine is: what does hangs. */
const hangSeconds = 60;

/** Sends so many shots to a route, in process, and holds each answer to what every answer must be. */
export async function shootAt(
  app: TestApp,
  route: FuzzRoute,
  { chance, ammunition, count }: { chance: Chance; ammunition: Ammunition; count: number },
): Promise<Shots> {
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  let left = count;
  let shots = 0;
  const lane = async () => {
    while (left > 0 && wrong.length < 20) {
      left -= 1;
      const shot = makeShot(chance, route, ammunition);
      const request = toRequest(`http://${appHost}`, appHost, shot);
      if (request === undefined) continue;
      shots += 1;
      const faults = app.faults.length;
      const { status, lie } = await within(judge(app, route, request));
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (lie !== undefined)
        wrong.push(`${lie} ${app.faults.slice(faults).map(describeFault).join()} — ${describe(shot)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { shots, statuses, wrong };
}

interface Judged {
  readonly status: number;
  readonly lie: string | undefined;
}

async function judge(app: TestApp, route: FuzzRoute, request: Request): Promise<Judged> {
  const answer = await app.fetch(request);
  const { status } = answer;
  const say = (lie: string | undefined): Judged => ({ status, lie });
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await answer.body?.cancel();
    return say(status === 200 ? undefined : `a stream with ${status}`);
  }
  const text = await answer.text();
  if (status >= 500) return say(`it is answered with ${status}: ${text.slice(0, 300)}`);
  if (status < 400 || request.method === 'HEAD') return say(undefined);
  return say(isRefusal(route, text) ? undefined : `a refusal of no shape: ${status} ${text.slice(0, 300)}`);
}

/** The native shape on native routes; on those of a dialect an object that tells something, whose exact shape its own tests hold. */
function isRefusal(route: FuzzRoute, text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (ErrorAnswer.safeParse(value).success) return true;
  return !isNative(route) && tellsSomething(value);
}

/** Whether a route is of our own API. */
export function isNative({ path }: Pick<FuzzRoute, 'path'>): boolean {
  return /^\/(?:v1\/|[\w.-]+$)/.test(path);
}

function tellsSomething(value: unknown): boolean {
  if (typeof value === 'string') return value.trim().length > 3;
  return typeof value === 'object' && value !== null && Object.values(value).some(tellsSomething);
}

async function within(judged: Promise<Judged>): Promise<Judged> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Judged>((resolve) => {
    timer = setTimeout(() => resolve({ status: 0, lie: `no answer in ${hangSeconds} s` }), hangSeconds * 1000);
  });
  return await Promise.race([judged, late]).finally(() => clearTimeout(timer));
}

function describe({ method, target, headers, body }: Shot): string {
  const shown =
    typeof body === 'string'
      ? JSON.stringify(body)
      : body === undefined
        ? 'no body'
        : Buffer.from(body).toString('base64');
  return `${method} ${target.slice(0, 300)} ${JSON.stringify(headers).slice(0, 600)} ${shown.slice(0, 3000)}`;
}

function describeFault(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}

const film = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false };
const references = (image: string) => [
  { kind: 'subject', name: 'mei', image, angles: ['https://x.example/side.png'] },
  { kind: 'scene', name: 'hall', image: 'https://x.example/hall.png' },
  { kind: 'image', name: 'hat', image },
];
const authored = (image: string) => [
  film,
  { ...film, seed: 7, count: 2, allowSplit: true },
  { ...film, prompt: '@mei walks through @hall.', references: references(image), startFrame: image },
  {
    model: 'kling-o3-pro-reference-to-video',
    shots: [{ prompt: '@mei waves.', seconds: 3 }],
    references: references(image),
  },
  { model: 'wan2.7-r2v', prompt: '@mei waves at @hat.', seconds: 5, references: references(image) },
];

/** Right bodies of the routes that take any, with what dialects document as theirs. `asset` is the hash of a picture. */
export async function gatherAmmunition(
  authorization: Ammunition['authorization'],
  { names, asset }: { readonly names: readonly string[]; readonly asset: string },
): Promise<Ammunition> {
  const image = `asset:${asset}`;
  const bodies: Record<string, readonly unknown[]> = {
    'POST /v1/generations': authored(image),
    'POST /v1/generations/{id}/remix': [{ prompt: 'A dog.' }],
    'POST /v1/generations/{id}/cancel': [{}],
    'POST /v1/check': authored(image),
    'POST /v1/quotes': authored(image),
    'POST /v1/advise': authored(image),
    'POST /v1/assets': [
      { url: 'https://x.example/a.png', name: 'a' },
      { data: 'data:text/plain,no', name: 'b' },
    ],
    'POST /v1/keys': [{ name: 'laptop' }, { name: 'ci', workspace: 'studio' }],
    'POST /v1/references': references(image),
    'POST /v1/drafts/facts': authored(image),
    'POST /v1/generations/{id}/resolve': [
      { as: 'failed', billed: 'no' },
      { as: { id: 'video_1' } },
      { as: { handle: { id: 'video_1' } }, attempt: 0 },
    ],
    'POST /v1/webhooks': [
      { url: 'https://x.example/hook' },
      { url: 'https://x.example/hook', kinds: ['attempt.state'] },
    ],
    'POST /v1/webhooks/{id}/test': [{}],
    'POST /v1/workspaces': [{ name: 'studio' }],
    'POST /v1/sandbox/clock': [{ advanceSeconds: 60 }, { now: '2027-11-20T07:00:00Z' }],
    'POST /v1/sandbox/faults': [
      { fault: 'failed' },
      { fault: 'slow_create=5', dialect: 'openai', model: 'sora-2', times: 2 },
    ],
    'POST /v1/session': [{}],
  };
  const documented = await documentedAsks();
  return {
    ...{ names, authorization, forms: documented.forms, headers: documented.headers },
    bodies: { ...documented.bodies, ...bodies },
    others: [...Object.values(documented.bodies).flat(), ...Object.values(bodies).flat()],
    medium: await makePicture(),
  };
}

/** A picture that is small and right. */
export async function makePicture(): Promise<Uint8Array<ArrayBuffer>> {
  const grey = { create: { width: 400, height: 400, channels: 3, background: '#888' } } as const;
  return new Uint8Array(await sharp(grey).png().toBuffer());
}
