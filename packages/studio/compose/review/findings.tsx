import {
  applyAdvice,
  explainAdvice,
  explainNote,
  explainProblem,
  type Note,
  type Problem,
  type ProblemCode,
  showPrompt,
} from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { beginStep, changeRequest, changeShot, useProjectStore } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { usePreferences } from '../../shared/preferences.ts';
import { isPictureAdvice } from '../references/picture-advice.ts';
import { asPeopleSay } from './as-people-say.ts';

/** Problems and notes of one place of the request: a path, or the beginning of one. */
export function FindingsAt({
  paths,
  without = [],
}: {
  readonly paths: readonly string[];
  /** Problems that are shown otherwise. */
  readonly without?: readonly ProblemCode[];
}) {
  const t = useTranslations('review');
  const { problems, notes, taken } = useReview();
  const language = usePreferences((preferences) => preferences.language);
  const named = <One extends Problem | Note>(one: One): One => asPeopleSay(one, taken.references, language);
  const here = ({ path }: { readonly path: string }) => paths.some((one) => isWithin(path, one));
  const wrong = problems.filter((one) => here(one) && !without.includes(one.code));
  const told = notes.filter(here);
  if (wrong.length + told.length === 0) return null;
  return (
    <ul className="findings">
      {wrong.map((problem) => {
        const { message, remedy } = explainProblem(named(problem), language);
        return (
          <li key={`${problem.code} ${problem.path}`} className="finding wrong">
            <span className="finding-words">
              {message} {remedy}
            </span>
            {isSetting(problem.path) && (
              <button type="button" className="button tiny" onClick={() => leaveToModel(problem.path)}>
                {t('useDefault')}
              </button>
            )}
          </li>
        );
      })}
      {told.map((note) => (
        <li key={`${note.code} ${note.path} ${JSON.stringify(note.values)}`} className="finding quiet">
          <span className="finding-words">{explainNote(named(note), language)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What would make a better film, with a click that does it where text can be changed. */
export function AdviceList() {
  const t = useTranslations('review');
  const { advice: all, request } = useReview();
  // What pictures are like is said beside them.
  const advice = all.filter((one) => !isPictureAdvice(one));
  const language = usePreferences((preferences) => preferences.language);
  if (request === undefined || advice.length === 0) return null;
  const follow = (index: number) => {
    const one = advice[index]!;
    const changed = applyAdvice(request, one);
    const shot = /^shots\[(\d+)\]/.exec(one.fix?.path ?? '')?.[1];
    beginStep();
    if (shot === undefined) {
      changeRequest({ tier: changed.tier, size: changed.size });
      return;
    }
    const { prompt, seconds } = changed.shots[Number(shot)]!;
    changeShot(Number(shot), { prompt: showPrompt(prompt, request.references), seconds });
  };
  return (
    <details className="advice-list" open={advice.length <= 2}>
      <summary>
        {t('advice')} <span className="badge quiet">{advice.length}</span>
      </summary>
      <ul className="findings">
        {advice.map((one, index) => {
          const { message, remedy } = explainAdvice(one, language);
          return (
            <li key={`${one.code} ${one.path}`} className="finding advice">
              <span className="finding-words">
                {message} {remedy}
              </span>
              {one.fix !== undefined && (
                <button type="button" className="button tiny" onClick={() => follow(index)}>
                  {t('apply')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

const settings = ['size', 'ratio', 'tier', 'mode', 'fps', 'audio', 'watermark', 'seed', 'count', 'expand'];

/** Whether what stands at a path is a setting that was chosen, and can be left to the model. */
function isSetting(path: string): boolean {
  if (/^shots\[\d+\]\.seconds$/.test(path)) return true;
  const { request } = useProjectStore.getState().project;
  return settings.includes(path) && path in request;
}

function leaveToModel(path: string): void {
  beginStep();
  const shot = /^shots\[(\d+)\]/.exec(path)?.[1];
  if (shot === undefined) changeRequest({ [path]: undefined });
  else changeShot(Number(shot), { seconds: undefined });
}

/** Whether a path is a place, or lies within it: `references[1].image` in `references[1]`, not `references[10]`. */
function isWithin(path: string, place: string): boolean {
  if (place === 'references' || place === '' || place === 'shots') return path === place;
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
