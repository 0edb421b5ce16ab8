import type { Colour } from '../model/index.ts';
import type { Ambience, Tint } from './plan.ts';
import type { BackdropSprite } from './sprite.ts';

/** What the words of a prompt say of place, hour and weather. */
export interface Mood {
  readonly hour: 'day' | 'sunrise' | 'night';
  readonly place: Place;
  readonly weather: 'rain' | 'snow' | 'dust' | undefined;
  readonly ambience: Ambience;
  readonly tint: Tint | undefined;
}

type Place = 'open' | 'hills' | 'forest' | 'city' | 'sea' | 'room' | 'desert' | 'snow' | 'space';

const hours: readonly [Mood['hour'], RegExp][] = [
  ['night', /\b(?:night|midnight|moonlit|moonlight|starry|neon|dark)\b|夜|月光|星空|霓虹|凌晨/iu],
  [
    'sunrise',
    /\b(?:sunrise|sunset|dawn|dusk|golden hour|golden afternoon|golden light|sundown|twilight)\b|日出|日落|黄昏|黎明|清晨|傍晚|夕阳|朝阳|晨光|金色/iu,
  ],
];

const places: readonly [Place, RegExp][] = [
  ['space', /\b(?:space|planet|galaxy|orbit of|moon surface|mars)\b|星球|太空|宇宙|银河/iu],
  [
    'room',
    /\b(?:room|kitchen|cafe|café|bar|office|shop|store|studio|indoors?|interior|stage|hall|library|restaurant|house)\b|室内|房间|厨房|咖啡|便利店|店里|办公室|舞台|图书馆|餐厅|屋/iu,
  ],
  ['sea', /\b(?:sea|ocean|beach|shore|waves?|coast|harbou?r|lake|river)\b|海|沙滩|湖|河|浪/iu],
  ['forest', /\b(?:forest|woods?|jungle|trees?|garden|park|vines?)\b|森林|树林|丛林|树|花园|公园|藤蔓/iu],
  [
    'city',
    /\b(?:city|street|skyline|town|alley|buildings?|cyberpunk|road|downtown)\b|城市|街|天际线|巷|楼|赛博朋克|马路/iu,
  ],
  ['snow', /\b(?:snowy|glacier|arctic|ice field)\b|雪地|雪山|冰川/iu],
  ['desert', /\b(?:desert|dunes?|canyon)\b|沙漠|沙丘|峡谷/iu],
  ['hills', /\b(?:mountains?|hills?|valley|meadow|cliff|peaks?|grass|field|lawn)\b|山|草地|草原|田野|悬崖/iu],
];

const weathers: readonly [NonNullable<Mood['weather']>, RegExp][] = [
  ['rain', /\b(?:rain\w*|drizzle|storm\w*|downpour)\b|雨/iu],
  ['snow', /\b(?:snow(?:s|ing|fall|flakes?)?|blizzard)\b|下雪|飘雪|雪花|大雪/iu],
  ['dust', /\b(?:dust|sun rays?|sunbeams?|haze|pollen|fireflies|sparks?|leaves blowing)\b|尘|光束|萤火虫|花粉|落叶/iu],
];

const ambiences: Readonly<Record<Place, Ambience>> = {
  open: 'wind',
  hills: 'wind',
  forest: 'forest',
  city: 'city',
  sea: 'sea',
  room: 'room',
  desert: 'wind',
  snow: 'wind',
  space: 'room',
};

const tints: Readonly<Record<Mood['hour'], Tint | undefined>> = {
  day: undefined,
  sunrise: { colour: [255, 168, 96], amount: 0.1 },
  night: { colour: [12, 20, 52], amount: 0.42 },
};

/**
 * Reads place, hour and weather of a shot's `own` words; place and hour that they leave open are those of `all` the film's words.
 * `excluded` are the words of the negative prompt, whose weather is left out.
 */
export function readMood(own: string, all: string, excluded = ''): Mood {
  const first = <Key>(rows: readonly (readonly [Key, RegExp])[], said: string) =>
    rows.find(([, words]) => words.test(said))?.[0];
  const hour = first(hours, own) ?? first(hours, all) ?? 'day';
  const place = first(places, own) ?? first(places, all) ?? 'open';
  const said = first(weathers, own);
  const weather =
    said !== undefined && weathers.some(([kind, words]) => kind === said && words.test(excluded)) ? undefined : said;
  const outdoorsAtNight = hour === 'night' && place !== 'city' && place !== 'room';
  const ambience = weather === 'rain' ? 'rain' : outdoorsAtNight ? 'night' : ambiences[place];
  return { hour, place, weather, ambience, tint: tints[hour] };
}

const skylines: Readonly<Record<Place, BackdropSprite['skyline']>> = {
  open: 'plain',
  hills: 'hills',
  forest: 'trees',
  city: 'city',
  sea: 'waves',
  room: 'room',
  desert: 'hills',
  snow: 'hills',
  space: 'plain',
};

type Palette = Pick<BackdropSprite, 'skyTop' | 'skyLow' | 'groundFar' | 'groundNear'>;

const palettes: Readonly<Record<Place, Palette>> = {
  open: { skyTop: [92, 134, 172], skyLow: [212, 222, 226], groundFar: [140, 148, 138], groundNear: [84, 92, 84] },
  hills: { skyTop: [86, 132, 178], skyLow: [214, 224, 226], groundFar: [132, 150, 120], groundNear: [72, 92, 62] },
  forest: { skyTop: [96, 136, 142], skyLow: [206, 218, 196], groundFar: [102, 124, 92], groundNear: [48, 66, 44] },
  city: { skyTop: [104, 122, 146], skyLow: [210, 212, 214], groundFar: [126, 128, 134], groundNear: [66, 68, 76] },
  sea: { skyTop: [84, 138, 184], skyLow: [216, 228, 232], groundFar: [96, 144, 164], groundNear: [40, 84, 108] },
  room: { skyTop: [120, 104, 90], skyLow: [186, 166, 142], groundFar: [132, 108, 84], groundNear: [78, 60, 46] },
  desert: { skyTop: [104, 150, 186], skyLow: [236, 222, 192], groundFar: [206, 176, 128], groundNear: [150, 114, 74] },
  snow: { skyTop: [112, 146, 178], skyLow: [226, 232, 236], groundFar: [220, 226, 232], groundNear: [172, 186, 202] },
  space: { skyTop: [10, 12, 26], skyLow: [38, 38, 74], groundFar: [74, 72, 96], groundNear: [30, 30, 46] },
};

/** A calm stage for a mood, where no picture of the place was given. */
export function backdropOf(mood: Mood, width: number, height: number, seed: number): BackdropSprite {
  const base = palettes[mood.place];
  const palette = mood.hour === 'sunrise' ? sunriseOf(base) : mood.hour === 'night' ? nightOf(base) : base;
  const disc =
    mood.place === 'room'
      ? undefined
      : mood.hour === 'night'
        ? { x: 0.74, y: 0.18, radius: 0.035, colour: [226, 230, 240] as Colour }
        : mood.hour === 'sunrise'
          ? { x: 0.66, y: 0.5, radius: 0.06, colour: [255, 214, 150] as Colour }
          : undefined;
  return { make: 'backdrop', width, height, ...palette, horizon: 0.58, skyline: skylines[mood.place], disc, seed };
}

function mix(one: Colour, other: Colour, amount: number): Colour {
  const blend = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * amount);
  return [blend(0), blend(1), blend(2)];
}

function sunriseOf(base: Palette): Palette {
  return {
    skyTop: mix(base.skyTop, [96, 92, 136], 0.6),
    skyLow: mix(base.skyLow, [250, 190, 130], 0.75),
    groundFar: mix(base.groundFar, [196, 138, 104], 0.4),
    groundNear: mix(base.groundNear, [70, 50, 50], 0.5),
  };
}

function nightOf(base: Palette): Palette {
  return {
    skyTop: mix(base.skyTop, [8, 12, 34], 0.85),
    skyLow: mix(base.skyLow, [44, 56, 96], 0.85),
    groundFar: mix(base.groundFar, [34, 40, 66], 0.75),
    groundNear: mix(base.groundNear, [12, 16, 30], 0.75),
  };
}
