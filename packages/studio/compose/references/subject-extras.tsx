import type { Card, Subject } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { changeReference } from '../../document/project-store.ts';
import { MediaSlot } from '../media/media-slot.tsx';

/** The other views of a subject, its clip and its voice: where the model takes them, or where they are there already. */
export function SubjectExtras({ subject, card }: { readonly subject: Subject; readonly card: Card | undefined }) {
  const t = useTranslations('references');
  const { angles = [], clip, voice } = subject;
  const taken = card?.inputs.subject;
  const mostAngles = taken?.mostAngles ?? 0;
  const setAngles = (next: readonly string[]) => put({ angles: next.length === 0 ? undefined : [...next] });
  const put = (change: { [Field in 'angles' | 'clip' | 'voice']?: Subject[Field] | undefined }) =>
    changeReference(subject.id, (one) => {
      const entries = Object.entries({ ...one, ...change }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(entries) as Subject;
    });
  const nothing = mostAngles === 0 && angles.length === 0 && !taken?.clip && !taken?.voice && !clip && !voice;
  if (nothing) return null;
  return (
    <div className="reference-extras">
      {angles.map((media, at) => (
        <MediaSlot
          // biome-ignore lint/suspicious/noArrayIndexKey: a view is what stands at its place.
          key={at}
          takes="image"
          shape="angle"
          label={t('angle', { number: at + 1 })}
          media={media}
          onMedia={(next) =>
            setAngles(next === undefined ? angles.filter((_, other) => other !== at) : angles.with(at, next))
          }
        />
      ))}
      {angles.length < mostAngles && (
        <MediaSlot
          takes="image"
          shape="angle"
          label={t('angle', { number: angles.length + 1 })}
          media={undefined}
          onMedia={(next) => next !== undefined && setAngles([...angles, next])}
        />
      )}
      {(taken?.clip === true || clip !== undefined) && (
        <MediaSlot takes="video" shape="angle" label={t('clip')} media={clip} onMedia={(next) => put({ clip: next })} />
      )}
      {(taken?.voice === true || voice !== undefined) && (
        <MediaSlot
          takes="voice"
          shape="angle"
          label={t('voice')}
          media={voice}
          onMedia={(next) => put({ voice: next })}
        />
      )}
    </div>
  );
}
