import type { AskGolden } from '../../golden.ts';
import { type Ask, type Json, jsonBody, noBody } from '../../message.ts';
import { guide, specification, videoGuide } from './sources.ts';

function post(path: string, body: Json): Ask {
  return { method: 'POST', path, query: {}, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
}

const queue = (body: Json) => post('/video/queue', body);

/** The guide and the specification name these differently; both are read, the specification's are written. */
const newer = {
  duration: 'the specification\'s word is "8s"',
  image_urls: "scene_image_urls is the specification's name",
  scene_image_urls: 'the guide says image_urls',
};
const newerFlat = {
  duration: newer.duration,
  referenceImageUrls: "reference_image_urls is the specification's name",
  reference_image_urls: 'the guide says referenceImageUrls',
};

const character = {
  frontal_image_url: 'https://example.com/character-front.jpg',
  reference_image_urls: ['https://example.com/character-side.jpg', 'https://example.com/character-angle.jpg'],
};

/** The same body in Python, Node.js and cURL. */
const kling: Json = {
  model: 'kling-o3-pro-reference-to-video',
  prompt: '@Element1 walks through @Image1, camera tracking from behind',
  duration: '8',
  aspect_ratio: '16:9',
  audio: true,
  elements: [character],
  image_urls: ['https://example.com/scene-background.jpg'],
};

const storyboard =
  "Shot 1 (5s): @Element1 stands at the edge of @Image1, looking out at the horizon.\nSlow camera push forward.\nShot 2 (5s): Close-up of @Element1's face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.\nShot 3 (5s): @Element1 walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.";

/** A sample prompt of the guide, in the body of its own sample. */
const prompted = (name: string, prompt: string, elements: number, reads: AskGolden['reads']): AskGolden => ({
  name,
  source: guide,
  ask: queue({
    model: 'kling-o3-standard-reference-to-video',
    prompt,
    duration: '5',
    aspect_ratio: '16:9',
    audio: false,
    elements: Array.from({ length: elements }, () => character),
    image_urls: ['https://example.com/scene-background.jpg'],
  }),
  reads,
  differs: newer,
  differsWithEcho: newer,
});

const pixel = 'data:image/png;base64,iVBORw0K...';

/** Every documented request that is for one of these models, or for none in particular. */
export const asks: readonly AskGolden[] = [
  {
    name: 'Kling O3: an element in a scene',
    source: guide,
    ask: queue(kling),
    reads: {
      model: 'kling-o3-pro-reference-to-video',
      'references[0]': {
        kind: 'subject',
        id: 'r1',
        name: 'Element1',
        image: 'https://example.com/character-front.jpg',
        angles: ['https://example.com/character-side.jpg', 'https://example.com/character-angle.jpg'],
      },
      'references[1]': { kind: 'scene', id: 'r2', name: 'Image1', image: 'https://example.com/scene-background.jpg' },
      shots: [
        {
          prompt: [{ mention: 'r1' }, ' walks through ', { mention: 'r2' }, ', camera tracking from behind'],
          seconds: 8,
        },
      ],
      ratio: '16:9',
      tier: undefined,
      audio: true,
    },
    differs: newer,
    differsWithEcho: newer,
  },
  prompted(
    'Kling O3: an element in the streets of a scene',
    '@Element1 walks through the streets of @Image1, looking up at the buildings.\nThe camera slowly tracks from behind, revealing the city skyline.',
    1,
    { 'shots[0].prompt[0]': { mention: 'r1' }, 'shots[0].prompt[2]': { mention: 'r2' }, audio: false },
  ),
  prompted(
    'Kling O3: two elements',
    '@Element1 and @Element2 enter the cafe in @Image1 from opposite sides.\n@Element1 waves and walks toward @Element2, who is sitting at a corner table.',
    2,
    {
      'shots[0].prompt[0]': { mention: 'r1' },
      'shots[0].prompt[2]': { mention: 'r2' },
      'shots[0].prompt[4]': { mention: 'r3' },
    },
  ),
  prompted(
    'Kling O3: the pattern of a prompt',
    '@Element1 hops happily across the candy ground of @Image1, stops to look at a\ngiant lollipop, tilts its head curiously. Cinematic tracking shot, soft warm lighting.',
    1,
    { 'shots.length': 1, 'shots[0].seconds': 5 },
  ),
  prompted(
    'Kling O3: the camera first',
    'Cinematic tracking shot of @Element1 walking through @Image1, leaves\nblowing in the wind, golden afternoon light.',
    1,
    { 'shots[0].prompt[1]': { mention: 'r1' }, 'shots[0].prompt[3]': { mention: 'r2' } },
  ),
  {
    name: 'Kling O3: a storyboard of three shots',
    source: guide,
    ask: queue({ ...(kling as object), prompt: storyboard, duration: '15' } as Json),
    reads: {
      'shots.length': 3,
      'shots[0].seconds': 5,
      'shots[0].prompt[0]': { mention: 'r1' },
      'shots[2].prompt[1]': ' walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.',
    },
    differs: newer,
    differsWithEcho: newer,
  },
  {
    name: 'Grok: two pictures',
    source: guide,
    ask: queue({
      model: 'grok-imagine-reference-to-video',
      prompt: '@Image1 and @Image2 walking through a park, cinematic tracking shot',
      duration: '8',
      aspect_ratio: '16:9',
      referenceImageUrls: ['https://example.com/character-a.jpg', 'https://example.com/character-b.jpg'],
    }),
    reads: {
      'references[0]': { kind: 'image', id: 'r1', name: 'Image1', image: 'https://example.com/character-a.jpg' },
      'references[1]': { kind: 'image', id: 'r2', name: 'Image2', image: 'https://example.com/character-b.jpg' },
      'shots[0].seconds': 8,
      'shots[0].prompt': [
        { mention: 'r1' },
        ' and ',
        { mention: 'r2' },
        ' walking through a park, cinematic tracking shot',
      ],
      audio: undefined,
      tier: undefined,
    },
    differs: newerFlat,
    differsWithEcho: newerFlat,
  },
  {
    name: 'Grok: the prompt of its step-by-step guide',
    source: guide,
    ask: queue({
      model: 'grok-imagine-reference-to-video',
      prompt:
        '@Image1 and @Image2 walking together through a sunlit park,\ncamera slowly tracking alongside them, warm afternoon light.',
      duration: '8',
      aspect_ratio: '16:9',
      referenceImageUrls: ['https://example.com/character-a.jpg', 'https://example.com/character-b.jpg'],
    }),
    reads: { 'shots[0].prompt[0]': { mention: 'r1' }, 'shots[0].prompt[2]': { mention: 'r2' } },
    differs: newerFlat,
    differsWithEcho: newerFlat,
  },
  {
    name: "Kling O3: each field's own example",
    source: specification,
    ask: queue({
      model: 'kling-o3-standard-reference-to-video',
      prompt: 'Commerce being conducted in the city of Venice, Italy.',
      negative_prompt: 'low resolution, error, worst quality, low quality, defects',
      duration: '10s',
      aspect_ratio: '16:9',
      resolution: '720p',
      audio: true,
      image_url: pixel,
      end_image_url: pixel,
      elements: [{ frontal_image_url: pixel, reference_image_urls: [pixel] }],
      scene_image_urls: [pixel],
    }),
    reads: {
      negativePrompt: 'low resolution, error, worst quality, low quality, defects',
      startFrame: pixel,
      endFrame: pixel,
      tier: '720p',
      'references[0].angles': [pixel],
      'shots[0].seconds': 10,
    },
  },
  {
    name: 'a look',
    source: videoGuide,
    ask: post('/video/retrieve', {
      model: 'wan-2.5-preview-text-to-video',
      queue_id: '123e4567-e89b-12d3-a456-426614174000',
    }),
    reads: {
      does: 'look',
      id: '123e4567-e89b-12d3-a456-426614174000',
      model: 'wan-2.5-preview-text-to-video',
      thenDelete: undefined,
    },
  },
  {
    name: 'a look that gives the film up',
    source: videoGuide,
    ask: post('/video/retrieve', {
      model: 'wan-2.5-preview-text-to-video',
      queue_id: '123e4567-e89b-12d3-a456-426614174000',
      delete_media_on_completion: true,
    }),
    reads: { does: 'look', thenDelete: true },
  },
  {
    name: 'a film is given up',
    source: videoGuide,
    ask: post('/video/complete', {
      model: 'wan-2.5-preview-text-to-video',
      queue_id: '123e4567-e89b-12d3-a456-426614174000',
    }),
    reads: { does: 'delete', id: '123e4567-e89b-12d3-a456-426614174000', model: 'wan-2.5-preview-text-to-video' },
  },
  {
    // Of a model that is not known here; its length and tier are of the guide's example.
    name: 'a price',
    source: videoGuide,
    ask: post('/video/quote', {
      model: 'kling-o3-pro-reference-to-video',
      duration: '10s',
      resolution: '1080p',
    }),
    reads: { does: 'quote', 'request.shots[0].seconds': 10, 'request.tier': '1080p', 'request.audio': true },
    differs: { aspect_ratio: 'the default is said', audio: 'the default is said' },
  },
  {
    name: 'the models that make films',
    source: specification,
    ask: { method: 'GET', path: '/models', query: { type: 'video' }, headers: {}, body: noBody },
    reads: { does: 'models', type: 'video' },
  },
];
