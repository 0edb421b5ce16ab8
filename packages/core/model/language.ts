/** The languages that every name, message and prompt rule exists in. */
export const languages = ['en', 'zh'] as const;

/** One of the two languages that Refreel speaks. */
export type Language = (typeof languages)[number];

/** The same words in each language. */
export type Localized = Readonly<Record<Language, string>>;

/** What may fill a place of a template: plain values, words in both languages, or lists of these. */
export type Value = string | number | boolean | Localized | readonly (string | number | boolean | Localized)[];

const han = /^\p{Script=Han}$/u;

/** Fills `{name}` places of a template, with the space that Chinese has beside Latin letters and digits, and one full stop where both end with one; a place without a value stays, so that a forgotten one is seen. */
export function fill(template: string, values: Readonly<Record<string, Value>>, language: Language): string {
  const show = (value: Value): string => {
    if (Array.isArray(value)) return value.map(show).join(language === 'zh' ? '、' : ', ');
    return typeof value === 'object' ? (value as Localized)[language] : String(value);
  };
  return template.replace(/\{(\w+)\}/g, (place, name: string, at: number) => {
    const value = values[name];
    if (value === undefined) return place;
    const whole = show(value);
    const text = /^[.。]/.test(template.slice(at + place.length)) ? whole.replace(/[.。]+$/, '') : whole;
    if (language !== 'zh') return text;
    const before = han.test(template.charAt(at - 1)) && /^[a-z0-9]/i.test(text) ? ' ' : '';
    const after = han.test(template.charAt(at + place.length)) && /[a-z0-9]$/i.test(text) ? ' ' : '';
    return `${before}${text}${after}`;
  });
}

/** Chinese when the text holds any Han character, else English: the rule by which a line is spoken and a prompt is read. */
export function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}

/** The language that most of a text is in: a Han character says about as much as three Latin letters. */
export function mainLanguageOf(text: string): Language {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return han * 3 > latin ? 'zh' : 'en';
}

/** Length in characters as the vendors count them: Unicode code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
