import './prompt.css';
import { type Card, characters, mainLanguageOf } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { addShot, beginStep, changeShot, removeShot, useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { AdviceList, FindingsAt } from '../review/findings.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import { UnknownNames } from './unknown-names.tsx';

/** What happens in the film: one text, or one a shot. */
export function PromptPanel({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('prompt');
  const shots = useProject(({ request }) => request.shots);
  const hasReferences = useProject(({ request }) => request.references.length > 0);
  const several = shots.length > 1;
  return (
    <section className="compose-section" aria-label={t('title')}>
      <div className="section-head">
        <h2>{t('title')}</h2>
        <PromptCounter card={card} />
      </div>
      <ol className="shots">
        {shots.map((shot, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a shot is what stands at its place.
          <li key={index} className="shot">
            {several && (
              <div className="shot-head small">
                <span className="quiet">{t('shot', { number: index + 1 })}</span>
                <label className="quiet">
                  <input
                    className="field shot-seconds"
                    type="number"
                    min={0.1}
                    step="any"
                    value={shot.seconds ?? ''}
                    aria-label={t('shotSeconds', { number: index + 1 })}
                    onChange={({ target }) =>
                      changeShot(index, { seconds: target.valueAsNumber > 0 ? target.valueAsNumber : undefined })
                    }
                  />{' '}
                  s
                </label>
                <button
                  type="button"
                  className="button plain tiny round"
                  aria-label={t('removeShot', { number: index + 1 })}
                  onClick={() => removeShot(index)}
                >
                  <Icon name="close" size={16} />
                </button>
              </div>
            )}
            <PromptEditor index={index} card={card} />
            <UnknownNames index={index} card={card} />
            <FindingsAt paths={[`shots[${index}]`]} without={hasReferences ? ['unknown_mention'] : []} />
          </li>
        ))}
      </ol>
      <FindingsAt paths={['shots', 'prompt']} />
      <div className="section-foot">
        <button
          type="button"
          className="button plain tiny"
          onClick={() => {
            beginStep();
            addShot();
          }}
        >
          <Icon name="add" size={16} /> {t('addShot')}
        </button>
      </div>
      <AdviceList />
    </section>
  );
}

/** How long the prompt is as the model reads it, beside its limit and the advised length. */
function PromptCounter({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('prompt');
  const { prompt } = useReview();
  const chinese = mainLanguageOf(prompt) === 'zh';
  const count = characters(prompt);
  const most = card?.prompt.most ?? null;
  const length = chinese
    ? t('characters', { count })
    : t('words', { count: prompt.split(/\s+/).filter(Boolean).length });
  const limit = most === null ? '' : ` · ${count} / ${most}`;
  return (
    <span className={most !== null && count > most ? 'small wrong-text' : 'small quiet'} data-testid="prompt-length">
      {length} · {t('advised')}
      {limit}
    </span>
  );
}
