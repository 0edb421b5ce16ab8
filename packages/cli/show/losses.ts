import type { FieldFate, LossReport, LossReports } from '@refreel/core/authoring';
import { findSource } from '@refreel/core/catalog';
import {
  explainNote,
  explainProblem,
  type Language,
  type Localized,
  type Note,
  type Problem,
  showMoney,
} from '@refreel/core/model';
import { fromSource, quoteLines } from './film.ts';
import { asWritten, noteJson, problemJson } from './findings.ts';
import { shownWidth, tableLines } from './table.ts';
import { labelled } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** Terminals are this wide, or people read narrower lines more easily. */
const columns = 80;

const fateWords: Readonly<Record<FieldFate['fate'], Localized>> = {
  exact: { en: 'exact', zh: '原样' },
  converted: { en: 'converted', zh: '转换' },
  degraded: { en: 'degraded', zh: '降级' },
  refused: { en: 'refused', zh: '拒绝' },
};

const heads: Readonly<Record<Language, readonly string[]>> = {
  en: ['model', 'exact', 'converted', 'degraded'],
  zh: ['模型', '原样', '转换', '降级'],
};

const words = {
  price: { en: 'price', zh: '价格' },
  unknown: { en: 'not documented', zh: '文档未说明' },
  about: { en: 'about', zh: '约' },
  refusing: { en: 'Refused by', zh: '拒绝该请求的模型' },
  hint: { en: 'Name one in --models to see why.', zh: '用 --models 指定模型可查看原因。' },
  none: { en: 'No model can make it.', zh: '没有模型可以生成。' },
  exact: { en: 'Exact', zh: '原样' },
  strict: { en: 'Under strict it is refused.', zh: '在 strict 下会被拒绝。' },
} as const;

/** How the models compare, a row each; and of models that were named, what becomes of every field. Lines of at most 80 columns. */
export function lossLines(
  { reports, refusing }: LossReports,
  how: { readonly details: boolean; readonly onePrompt: boolean; readonly language: Language },
): string[] {
  const { language } = how;
  const comma = language === 'zh' ? '、' : ', ';
  const lines = reports.length === 0 ? [words.none[language]] : compared(reports, language);
  if (how.details) for (const report of reports) lines.push('', ...reportLines(report, how.onePrompt, language));
  if (refusing.length > 0) {
    const listed = labelled(words.refusing[language], refusing.join(comma), language);
    lines.push('', ...wrapText(listed, columns, '  '), words.hint[language]);
  }
  return lines;
}

function compared(reports: readonly LossReport[], language: Language): string[] {
  const rows = reports.map((report) => {
    const { exact, converted, degraded } = report.counts;
    const counts = [exact, converted, degraded].map((count) => (count === 0 ? '-' : String(count)));
    return { cells: [report.model, ...counts], list: [priceOf(report, language)] };
  });
  return tableLines([{ cells: heads[language], list: [words.price[language]] }, ...rows], '', columns);
}

function priceOf({ quote, ok }: LossReport, language: Language): string {
  if (!ok || quote === undefined) return fateWords.refused[language];
  if (quote.total === null) return words.unknown[language];
  const free = quote.total.micros === 0 ? quoteLines(quote, language)[0]! : showMoney(quote.total);
  return quote.binding ? free : `${words.about[language]} ${free}`;
}

/** A model, what is not exact of its fields with the reasons, and the names of all that is. */
function reportLines(report: LossReport, onePrompt: boolean, language: Language): string[] {
  const { model, ok, okStrict, fields, whole } = report;
  const written = asWritten(fields, onePrompt);
  const told = written.filter(isTold);
  // What is true of several fields is explained once.
  const said = new Set<string>();
  const lines = [model, ...told.flatMap((field) => fieldLines(field, onePrompt, language, said))];
  for (const one of whole.problems) lines.push(...line(fateWords.refused[language], because(one, language)));
  for (const note of whole.notes) lines.push(...line('', explainNote(note, language)));
  const exact = written.filter(({ fate }) => fate === 'exact');
  const remarks = exact.flatMap(({ notes }) => notes);
  for (const note of asWritten(remarks, onePrompt)) lines.push(...line('', explainNote(note, language)));
  // Ids bind mentions and are nobody's wish.
  const names = exact.map(({ path }) => path).filter((path) => !path.endsWith('.id'));
  if (names.length > 0) lines.push(...line(words.exact[language], names.join(language === 'zh' ? '、' : ', ')));
  if (ok && !okStrict) lines.push(...line('', words.strict[language]));
  return lines;
}

/** What a refused reference holds is refused with it, and needs no line. */
function isTold({ fate, problems }: FieldFate): boolean {
  return fate !== 'exact' && (fate !== 'refused' || problems.length > 0);
}

function fieldLines(
  { path, asked, fate, becomes, notes, problems }: FieldFate,
  onePrompt: boolean,
  language: Language,
  said: Set<string>,
): string[] {
  const there = typeof becomes === 'object' ? becomes[language] : becomes;
  const short = cut(asked.replace(/\s+/g, ' '), there === undefined ? 40 : 24);
  const isPrompt = /prompt$/.test(path);
  const what =
    there === undefined ? `${path} ${short}` : isPrompt ? `${path}: ${there}` : `${path} ${short} → ${there}`;
  const reasons = [
    ...asWritten(problems, onePrompt).map((one) => because(one, language)),
    // What a conversion is, it says itself.
    ...(fate === 'degraded' ? asWritten(notes, onePrompt).map((note) => noteWords(note, language)) : []),
  ];
  const fresh = reasons.filter((reason) => !said.has(reason));
  for (const reason of fresh) said.add(reason);
  return [...line(fateWords[fate][language], what), ...fresh.flatMap((reason) => line('', reason))];
}

function noteWords(note: Note, language: Language): string {
  return `${explainNote(note, language)}${sourceOf(note, language)}`;
}

function because(one: Problem, language: Language): string {
  const { message, remedy } = explainProblem(one, language);
  return `${message}${language === 'zh' ? '' : ' '}${remedy}${sourceOf(one, language)}`;
}

function sourceOf({ source: key }: { readonly source?: string }, language: Language): string {
  const source = key === undefined || key === 'ours' ? undefined : findSource(key);
  return source === undefined ? '' : fromSource(source.title, source.date, language);
}

const fateColumn = 11;

/** A line with its fate in front, and what is too long for it below. */
function line(fate: string, text: string): string[] {
  const indent = ' '.repeat(fateColumn + 2);
  const [first = '', ...more] = wrapText(text, columns - indent.length, '');
  const head = `  ${fate}${' '.repeat(Math.max(1, fateColumn - shownWidth(fate)))}`;
  return [head + first, ...more.map((rest) => indent + rest)];
}

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** The same for machines: texts are added to codes and values. */
export function reportJson(report: LossReport, language: Language) {
  const { fields, whole, problems, strictProblems, film, quote, ...said } = report;
  const found = (one: { readonly notes: readonly Note[]; readonly problems: readonly Problem[] }) => ({
    notes: one.notes.map((note) => noteJson(note, language)),
    problems: one.problems.map((each) => problemJson(each, language)),
  });
  return {
    ...said,
    fields: fields.map(({ becomes, ...field }) => ({
      ...field,
      becomes: typeof becomes === 'object' ? becomes[language] : (becomes ?? null),
      ...found(field),
    })),
    whole: found(whole),
    problems: problems.map((one) => problemJson(one, language)),
    strictProblems: strictProblems.map((one) => problemJson(one, language)),
    film: film ?? null,
    quote: quote ?? null,
  };
}
