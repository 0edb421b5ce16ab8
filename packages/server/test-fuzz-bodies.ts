import type { Chance } from './test-chance.ts';

type Node = Record<string, unknown> | unknown[];

/** A JSON value with one to three places made wrong, as text. */
export function mutateJson(chance: Chance, value: unknown): string {
  let root: unknown = structuredClone(value);
  // One wrong place comes furthest.
  for (let count = chance.pick([1, 1, 1, 2, 3]); count > 0; count -= 1) root = mutateOnce(chance, root);
  // JSON has no word for what a text may still say.
  return (JSON.stringify(root) ?? '')
    .replaceAll(`"${hugeNumber}"`, '1e400')
    .replaceAll(`"${longNumber}"`, '9'.repeat(400));
}

/** A text made wrong as text: cut, with wrong bytes, with more behind it. */
export function mutateText(chance: Chance, text: string): string | Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(text));
  const place = Math.floor(chance.number(bytes.length));
  switch (Math.floor(chance.number(8))) {
    case 0:
      return text.slice(0, place);
    case 1: {
      bytes[place] = Math.floor(chance.number(256));
      return bytes;
    }
    case 2:
      return new Uint8Array(
        Buffer.concat([bytes.slice(0, place), Buffer.from(chance.pick(badBytes)), bytes.slice(place)]),
      );
    case 3:
      return `\ufeff${text}`;
    case 4:
      return text + chance.pick([']', '}', '\0', text, '//', ' '.repeat(2000)]);
    case 5:
      return text.replace(/:/, chance.pick(['', '::', '=', ': // ']));
    case 6:
      return new Uint8Array(Buffer.from(text, 'utf16le'));
    default:
      return chance.pick([
        '',
        'null',
        '[]',
        '""',
        '0',
        '-',
        '{',
        '{"a":1,"a":2}',
        '['.repeat(5000),
        `${'['.repeat(2000)}${']'.repeat(2000)}`,
        `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`,
      ]);
  }
}

/** Bytes that are no UTF-8: alone, cut off, too long, half of a pair. */
const badBytes = [[0xff], [0xe4, 0xb8], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0]];

const hugeNumber = ' huge number ';
const longNumber = ' long number ';

const hostile: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1, 0.1, 1e21, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 53), hugeNumber, longNumber],
  ...[
    '',
    ' ',
    '\0',
    '\ud800',
    '\udfffx',
    '\u202e',
    '\ufeff',
    'ﷺ',
    '👩‍👩‍👧‍👦',
    'é'.repeat(50),
    'x'.repeat(20_000),
    '字'.repeat(3000),
    '\n'.repeat(500),
  ],
  ...[
    '__proto__',
    'constructor',
    '@mei',
    '@',
    '@@',
    '<<<',
    '<<<image_1>>>',
    '@Element1',
    '图1',
    '[Image 1]',
    'NaN',
    'Infinity',
    '1e3',
    '0x10',
    '1/3',
    '16:9',
    '0:0',
    '1280x720',
    '0x0',
    '99999x99999',
    '5s',
  ],
  ...[
    'asset:',
    `asset:${'0'.repeat(64)}`,
    'data:',
    'data:,',
    'data:image/png;base64,',
    'data:image/png;base64,AAAA',
    'data:image/png;base64,=',
    'oss://',
    'oss://x/y',
    'file:///etc/passwd',
    '../../etc/passwd',
    'http://',
    'http://[::1]/',
    'http://127.0.0.1:8787/v1/models',
    'http://169.254.169.254/',
    'http://a b/',
    'https://x.example/a.png',
    'javascript:1',
    'ftp://x/',
    "'; drop table generations; --",
    '%s%n',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { a: 1 },
    { length: 3 },
    { toString: 1 },
    { length: { toString: 1 } },
    { valueOf: 1 },
    { __proto__: null, toJSON: 1 },
  ],
];

const hostileTexts = hostile.filter((value) => typeof value === 'string');

function mutateOnce(chance: Chance, root: unknown): unknown {
  const holders: Node[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    holders.push(value as Node);
    for (const item of Object.values(value)) walk(item);
  };
  walk(root);
  if (holders.length === 0 || chance.number(1) < 0.01) return wrongValue(chance);
  const holder = chance.pick(holders);
  const keys = Object.keys(holder);
  const key = keys.length === 0 ? undefined : chance.pick(keys);
  const set = (name: string, value: unknown) => {
    // A key of its own even where it is called "__proto__".
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  };
  switch (Math.floor(chance.number(7))) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Math.floor(chance.number(holder.length)), 1);
      else if (key !== undefined) delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(wrongValue(chance));
      else set(chance.pick([...strangeKeys, ...keys]), wrongValue(chance));
      break;
    case 2:
      if (Array.isArray(holder))
        for (let count = Math.floor(chance.number(60)); count > 0; count -= 1)
          holder.push(structuredClone(holder[0] ?? null));
      else if (key !== undefined)
        set(
          key,
          Array.from({ length: Math.floor(chance.number(60)) }, () => structuredClone(holder[key])),
        );
      break;
    case 3:
      if (key !== undefined) set(key, structuredClone(chance.pick(holders)));
      break;
    case 4: {
      const value = key === undefined ? undefined : (holder as Record<string, unknown>)[key];
      if (typeof value === 'string') set(key!, bendText(chance, value));
      else if (typeof value === 'number')
        set(key!, chance.pick([value + 1, -value, value * 1000, value + 0.001, String(value), [value]]));
      else if (key !== undefined) set(key, wrongValue(chance));
      break;
    }
    default:
      if (key !== undefined) set(key, wrongValue(chance));
  }
  return root;
}

const strangeKeys = [
  'x',
  '',
  '__proto__',
  'constructor',
  'prompt',
  'references',
  'shots',
  'model',
  'image',
  'url',
  'name',
  'seconds',
  'parameters',
  'input',
  'metadata',
  '\0',
  '\ud800',
  'k'.repeat(5000),
];

function wrongValue(chance: Chance): unknown {
  if (chance.number(1) < 0.03) return nested(Math.floor(chance.number(700)));
  return structuredClone(chance.pick(hostile));
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function bendText(chance: Chance, text: string): unknown {
  const place = Math.floor(chance.number(text.length + 1));
  return chance.pick([
    text.slice(0, place) + chance.pick(hostileTexts) + text.slice(place),
    text.slice(0, place),
    text.toUpperCase(),
    text.repeat(Math.floor(chance.number(50))),
    `${text} `,
    [text],
    { url: text },
  ]);
}
