import type { Ambience, Tint } from '../plan.ts';

/** What the words of a prompt say of place, hour and weather. */
export interface Mood {
  readonly hour: 'day' | 'sunrise' | 'night';
  /** A day in the warm light of the sun. */
  readonly warm: boolean;
  readonly place: Place;
  readonly weather: 'rain' | 'snow' | 'dust' | undefined;
  readonly ambience: Ambience;
  readonly tint: Tint | undefined;
}

/** What kind of place it is, where no picture shows it. */
export type Place = 'open' | 'hills' | 'forest' | 'city' | 'sea' | 'room' | 'desert' | 'snow' | 'space';

const hours: readonly [Mood['hour'], RegExp][] = [
  ['night', /\b(?:night|midnight|moonlit|moonlight|starry|neon|dark)\b|夜|月光|星空|霓虹|凌晨/iu],
  [
    'sunrise',
    /\b(?:sunrise|sunset|dawn|dusk|golden hour|golden afternoon|golden light|sundown|twilight)\b|日出|日落|黄昏|黎明|清晨|傍晚|夕阳|朝阳|晨光|金色的?(?:光|阳光|晨光|时刻|余晖|夕照|黄昏)/iu,
  ],
  [
    'day',
    /\b(?:sunny|sunlit|sunshine|daylight|daytime|noon|midday|morning|afternoon)\b|阳光|白天|白昼|晴|中午|午后|明媚/iu,
  ],
];

const warmWords =
  /\b(?:sunny|sunlit|sunshine|sunlight|afternoon)\b|\bwarm(?:,? \p{L}+)? (?:sun|light|lighting|glow|tones?|colou?rs?|day|morning|summer)\b|阳光|暖[阳光色调]|午后|明媚/iu;

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
  sunrise: { colour: [255, 168, 96], amount: 0.07 },
  night: { colour: [12, 20, 52], amount: 0.16 },
};

const warmTint: Tint = { colour: [255, 204, 140], amount: 0.045 };

/** Whether a text names a weather that is drawn. */
export function namesWeather(text: string): boolean {
  return weathers.some(([, words]) => words.test(text)) || bareWeather.test(text);
}

const bareWeather = /\b(?:snow|storm|drizzl)\w*\b|雪/iu;

/** What a shot's mood is read from. */
export interface MoodWords {
  readonly own: string;
  /** The words of the whole film: they say what kind of place it is where the shot does not. */
  readonly all: string;
  /** The mood of the shot before, if it is in the same place: its hour goes on until the words say another. */
  readonly before: Mood | undefined;
  /** The words of the negative prompt: their weather is left out. */
  readonly excluded: string;
}

/** Reads place, hour and weather of a shot. */
export function readMood({ own, all, before, excluded }: MoodWords): Mood {
  const first = <Key>(rows: readonly (readonly [Key, RegExp])[], said: string) =>
    rows.find(([, words]) => words.test(said))?.[0];
  const named = first(places, own);
  const place = named ?? before?.place ?? first(places, all) ?? 'open';
  const goesOn = before?.place === place;
  const hour = first(hours, own) ?? (goesOn ? before.hour : 'day');
  const warm = hour === 'day' && (warmWords.test(own) || (goesOn && before.warm));
  const said = first(weathers, own);
  const isExcluded = weathers.some(([kind, words]) => kind === said && words.test(excluded));
  const weather = isExcluded ? undefined : said;
  const outdoorsAtNight = hour === 'night' && place !== 'city' && place !== 'room';
  const ambience = weather === 'rain' ? 'rain' : outdoorsAtNight ? 'night' : ambiences[place];
  return { hour, warm, place, weather, ambience, tint: warm ? warmTint : tints[hour] };
}
