import type { Reference } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { MediaView } from '../../shared/media-view.tsx';

/** The references that can be mentioned, below the caret. The textarea keeps the focus; `active` is what Enter takes. */
export function MentionList({
  id,
  references,
  active,
  left,
  top,
  onPick,
}: {
  readonly id: string;
  readonly references: readonly Reference[];
  readonly active: number;
  readonly left: number;
  readonly top: number;
  readonly onPick: (reference: Reference) => void;
}) {
  const t = useTranslations('prompt');
  const kinds = useTranslations('references');
  return (
    <div id={id} role="listbox" aria-label={t('mention')} className="popup mention-list" style={{ left, top }}>
      {references.map((reference, index) => {
        const media = reference.kind === 'video' ? reference.video : reference.image;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the textarea has the focus and names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the textarea takes the keys.
          <div
            key={reference.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="mention-option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(reference)}
          >
            <span className="mention-thumb">{media !== undefined && <MediaView media={media} about="" />}</span>
            <strong>@{reference.name}</strong>
            <span className="quiet small">{kinds(`one.${reference.kind}`)}</span>
          </div>
        );
      })}
    </div>
  );
}
