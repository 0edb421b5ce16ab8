import { type Card, expandPrompt, showPrompt } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { useShotPrompt } from './use-prompt.ts';

/** The prompt filled up to the pattern, what would be added marked; nothing is changed before somebody accepts it. */
export function ExpandPanel({
  index,
  card,
  onDone,
}: {
  readonly index: number;
  readonly card: Card | undefined;
  readonly onDone: () => void;
}) {
  const t = useTranslations('expand');
  const { text, prompt, references, put } = useShotPrompt(index, card);
  const most = card?.prompt.most ?? undefined;
  const expanded = expandPrompt(prompt, references, most === undefined ? {} : { most });
  const accept = () => {
    put(expanded.prompt);
    onDone();
  };
  if (expanded.added.length === 0)
    return (
      <div className="expand finding">
        <span className="finding-words" role="status">
          {text.trim() === '' ? t('empty') : t('nothing')}
        </span>
        <button type="button" className="button tiny" onClick={onDone}>
          {t('close')}
        </button>
      </div>
    );
  return (
    <section className="expand panel" aria-label={t('title')}>
      <p className="expand-text">
        {parted(showPrompt(prompt, references), showPrompt(expanded.prompt, references)).map(({ words, isNew }) =>
          isNew ? <ins key={words}>{words}</ins> : <span key={words}>{words}</span>,
        )}
      </p>
      <div className="expand-foot">
        <span className="small quiet" role="status">
          {t('added', { count: expanded.added.length })}
        </span>
        <button type="button" className="button plain tiny" onClick={onDone}>
          {t('discard')}
        </button>
        <button type="button" className="button main tiny" onClick={accept}>
          {t('accept')}
        </button>
      </div>
    </section>
  );
}

/** A text in its parts: what was there, and what stands before and after it now. */
function parted(before: string, after: string): { readonly words: string; readonly isNew: boolean }[] {
  const kept = before.trimEnd();
  const at = after.indexOf(kept);
  const parts = [
    { words: after.slice(0, at), isNew: true },
    { words: kept, isNew: false },
    { words: after.slice(at + kept.length), isNew: true },
  ];
  return parts.filter(({ words }) => words !== '');
}
