import type { Card, Scene, Subject } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { changeReference } from '../../document/project-store.ts';
import { MediaSlot } from '../media/media-slot.tsx';

/** The other views of a subject or a place, a subject's clip and voice: where the model takes them, or where they are there already. */
export function Extras({ reference, card }: { readonly reference: Subject | Scene; readonly card: Card }) {
  const t = useTranslations('references');
  const { angles = [] } = reference;
  const { clip, voice } = reference.kind === 'subject' ? reference : {};
  const taken = card.inputs[reference.kind];
  const mostAngles = taken?.mostAngles ?? 0;
  const setAngles = (next: readonly string[]) => put({ angles: next.length === 0 ? undefined : [...next] });
  const put = (change: { [Field in 'angles' | 'clip' | 'voice']?: Subject[Field] | undefined }) =>
    changeReference(reference.id, (one) => {
      const entries = Object.entries({ ...one, ...change }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(entries) as typeof reference;
    });
  const takesClip = taken?.clip === true || clip !== undefined;
  const takesVoice = taken?.voice === true || voice !== undefined;
  const hasAngles = mostAngles > 0 || angles.length > 0;
  if (!hasAngles && !takesClip && !takesVoice) return null;
  const crop = reference.kind;
  return (
    <div className="reference-extras">
      {hasAngles && (
        <span className={angles.length > mostAngles ? 'reference-count wrong' : 'reference-count'} data-inputs="angle">
          {t('angles')} <strong>{`${angles.length} / ${mostAngles}`}</strong>
        </span>
      )}
      {angles.map((media, at) => (
        <MediaSlot
          // biome-ignore lint/suspicious/noArrayIndexKey: a view is what stands at its place.
          key={at}
          takes="image"
          shape="angle"
          label={t('angle', { number: at + 1 })}
          media={media}
          crop={crop}
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
      {takesClip && (
        <MediaSlot takes="video" shape="angle" label={t('clip')} media={clip} onMedia={(next) => put({ clip: next })} />
      )}
      {takesVoice && (
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
