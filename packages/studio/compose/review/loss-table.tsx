import { type Fate, fates } from '@refreel/core/authoring';
import { findCard } from '@refreel/core/catalog';
import { type Language, type ProblemValues, type Request, showMoney } from '@refreel/core/model';
import type { FieldFate, LossReport } from '@refreel/sdk';
import { useTranslations } from 'use-intl';
import { usePreferences } from '../../shared/preferences.ts';
import { isField } from './field-names.ts';
import { placeName } from './place-name.ts';

interface Told {
  readonly message: string;
  readonly path: string;
  readonly values: ProblemValues;
}

/** What becomes of every field on a model: the worst first, what stays as it is folded away. */
export function LossTable({
  report,
  request,
  strict,
}: {
  readonly report: LossReport;
  readonly request: Request;
  readonly strict: boolean;
}) {
  const t = useTranslations('send');
  const { counts, fields, whole, film, quote, strictProblems } = report;
  const worst = fates.toReversed();
  const changed = fields
    .filter(({ fate }) => fate !== 'exact')
    .toSorted((one, other) => worst.indexOf(one.fate) - worst.indexOf(other.fate));
  const exact = fields.filter(({ fate }) => fate === 'exact');
  const wrong = [...whole.problems, ...(strict ? strictProblems : [])];
  const told = tellIn(
    request,
    usePreferences((preferences) => preferences.language),
  );
  const review = useTranslations('review');
  return (
    <>
      <div className="send-sums">
        <strong data-testid="send-price">
          {quote === null
            ? ''
            : quote.total === null
              ? t('unknownPrice')
              : quote.total.micros === 0
                ? review('free')
                : showMoney(quote.total)}
        </strong>
        <span className="small quiet">
          {film !== null && `${film.width}×${film.height} · ${Number(film.seconds.toFixed(2))} s · ${film.fps} fps`}
        </span>
        <span className="send-counts">
          {worst
            .filter((fate) => counts[fate] > 0)
            .map((fate) => (
              <span key={fate} className={`fate ${fate}`}>
                {counts[fate]} {t(`fates.${fate}`)}
              </span>
            ))}
        </span>
      </div>
      {wrong.map((problem) => (
        <p key={`${problem.code} ${problem.path}`} className="finding wrong">
          {told(problem)} {problem.remedy}
        </p>
      ))}
      {whole.notes.map((note) => (
        <p key={`${note.code} ${note.path}`} className="finding quiet">
          {told(note)}
        </p>
      ))}
      {changed.length === 0 ? (
        wrong.length === 0 && <p className="quiet">{t('nothingLost')}</p>
      ) : (
        <ul className="fates" aria-label={t('changes')}>
          {changed.map((field) => (
            <Field key={field.path} field={field} request={request} />
          ))}
        </ul>
      )}
      {exact.length > 0 && (
        <details className="small">
          <summary>{t('exact', { count: exact.length })}</summary>
          <ul className="fates" aria-label={t('exact', { count: exact.length })}>
            {exact.map((field) => (
              <Field key={field.path} field={field} request={request} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Field({ field, request }: { readonly field: FieldFate; readonly request: Request }) {
  const t = useTranslations('send');
  const { path, asked, fate, becomes, problems, notes } = field;
  const language = usePreferences((preferences) => preferences.language);
  const told = tellIn(request, language);
  const kindName = useTranslations('library');
  const kind = request.references.find((one) => path.endsWith('.kind') && one.kind === asked)?.kind;
  const said = path === 'model' ? (findCard(asked)?.name[language] ?? asked) : shortened(asked);
  return (
    <li className="fate-row" data-path={path} data-fate={fate}>
      <Badge fate={fate} />
      <div className="fate-words">
        <strong>{nameOf(path)}</strong>{' '}
        <span className="quiet">{kind === undefined ? said : kindName(`kinds.${kind}`)}</span>
        {becomes !== null && (
          <>
            {' '}
            <span aria-hidden="true">→</span> <span>{becomes}</span>
          </>
        )}
        {problems.map((one) => (
          <p key={one.code} className="small wrong-text">
            {told(one)} {one.remedy}
          </p>
        ))}
        {notes.map((one) => (
          <p key={one.code} className={fate === 'refused' ? 'small wrong-text' : 'small quiet'}>
            {told(one)}
          </p>
        ))}
      </div>
    </li>
  );

  /** "@mei · name", "Shot 2 · prompt". */
  function nameOf(place: string): string {
    const [, list, at, rest = ''] = /^(references|shots)\[(\d+)\]\.?(.*)$/.exec(place) ?? [];
    const field = (list === undefined ? place : rest).replace(/\[(\d+)\]$/, '');
    const what = isField(field) ? t(`fields.${field}`) : field;
    if (list === undefined) return what;
    const who =
      list === 'references' ? `@${request.references[Number(at)]?.name}` : t('shot', { number: Number(at) + 1 });
    return [who, what].filter(Boolean).join(' · ');
  }
}

function Badge({ fate }: { readonly fate: Fate }) {
  const t = useTranslations('send');
  return <span className={`fate ${fate}`}>{t(`fates.${fate}`)}</span>;
}

/** What the server says of a place of a request, by the names that people have for the place and the model. */
function tellIn({ references }: Request, language: Language) {
  return ({ message, path, values }: Told) => {
    const placed = path === '' ? message : message.replace(path, placeName(path, references));
    const name = typeof values.model === 'string' ? findCard(values.model)?.name[language] : undefined;
    return name === undefined ? placed : placed.replaceAll(String(values.model), name);
  };
}

/** Long texts are read elsewhere, and nobody reads a hash. */
function shortened(text: string): string {
  if (/^asset:[0-9a-f]{64}$/.test(text)) return '';
  return text.length > 120 ? `${text.slice(0, 118)} …` : text;
}
