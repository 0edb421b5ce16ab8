import { explainAdvice } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { isPictureAdvice, type PictureAdvice } from './picture-advice.ts';

/** What is said of the pictures below a path. */
export function useJudgements(place: string): PictureAdvice[] {
  const { advice } = useReview();
  return advice.filter(isPictureAdvice).filter(({ path }) => path === place || path.startsWith(`${place}.`));
}

/** What could be better about the pictures of a reference or a frame: a quiet line each, which opens to say why and what to do. */
export function Judgements({ place }: { readonly place: string }) {
  const t = useTranslations('judgements');
  const language = usePreferences((preferences) => preferences.language);
  const said = useJudgements(place);
  if (said.length === 0) return null;
  return (
    <ul className="judgements">
      {said.map((one) => {
        const angle = /\.angles\[(\d+)\]$/.exec(one.path)?.[1];
        const where = angle === undefined ? t('picture') : t('angle', { number: Number(angle) + 1 });
        const { message, remedy } = explainAdvice({ ...one, path: where }, language);
        return (
          <li key={`${one.code} ${one.path}`}>
            <details className="judgement">
              <summary>
                <Icon name="idea" size={14} />
                {angle !== undefined && `${where} · `}
                {t(`short.${one.code}`)}
              </summary>
              <p>
                {message} {remedy}
              </p>
            </details>
          </li>
        );
      })}
    </ul>
  );
}

/** A tick on a frontal picture that was measured and of which there is nothing to say. */
export function GoodPicture({ media, place }: { readonly media: string | undefined; readonly place: string }) {
  const t = useTranslations('judgements');
  const facts = useProject((project) => (media === undefined ? undefined : project.facts[media]));
  const said = useJudgements(place);
  if (facts?.kind !== 'image' || facts.look === undefined || said.length > 0) return null;
  return (
    <span className="good-picture" role="img" aria-label={t('good')} title={t('good')}>
      <Icon name="check" size={13} />
    </span>
  );
}
