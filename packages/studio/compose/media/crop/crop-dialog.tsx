import './crop.css';
import type { Box, Media } from '@refreel/core/model';
import { type PointerEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../../../document/project-store.ts';
import { beginUpload, useUploads } from '../../../document/uploads.ts';
import { useReview } from '../../../document/use-review.ts';
import { Choice } from '../../../shared/choice.tsx';
import { Dialog } from '../../../shared/dialog.tsx';
import { useMedium } from '../../../shared/media-view.tsx';
import { useCard } from '../../models/use-card.ts';
import { boxOf, type Cut, cutAround, leastSize, moved, type Pixels, pixelsOut, ratioNumber } from './crop-box.ts';
import { cropPicture } from './crop-picture.ts';
import { type CropFor, cropRatios, exactPixels } from './crop-ratios.ts';

const own = 'own';

/** A window in which a picture is cropped: a new asset is made of it, and the old one stays as it was. */
export function CropDialog({
  media,
  label,
  what,
  onMedia,
  onClose,
}: {
  readonly media: Media;
  readonly label: string;
  readonly what: CropFor;
  readonly onMedia: (media: Media) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('crop');
  const card = useCard();
  const { film, request } = useReview();
  const { address } = useMedium(media);
  const facts = useProject((project) => project.facts[media]);
  const upload = useUploads((all) => all[media]);
  const ratios = [...cropRatios(card, film, what), own];
  const [ratio, setRatio] = useState(ratios[0]!);
  const [picture, setPicture] = useState<Pixels>();
  const [cut, setCut] = useState<Cut>();
  const [failure, setFailure] = useState<string>();
  const image = useRef<HTMLImageElement>(null);
  const held = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const subject: Box | undefined = what === 'subject' && facts?.kind === 'image' ? facts.mask?.box : undefined;
  const number = (one: string, of: Pixels) => (one === own ? of.width / of.height : ratioNumber(one));
  const choose = (one: string) => {
    setRatio(one);
    if (picture !== undefined) setCut(cutAround(subject, number(one, picture), picture));
  };
  const load = () => {
    const { naturalWidth: width, naturalHeight: height } = image.current!;
    setPicture({ width, height });
    setCut(cutAround(subject, number(ratio, { width, height }), { width, height }));
  };
  const ready = picture !== undefined && cut !== undefined ? { picture, cut } : undefined;
  const box = ready && boxOf(ready.cut, number(ratio, ready.picture), ready.picture);
  const exact = what === 'frame' ? exactPixels(card, film, request, ratio) : undefined;
  const out = box && pixelsOut(box, exact, card?.media.image?.mostSide);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (held.current === undefined || ready === undefined) return;
    const scale = ready.picture.width / image.current!.clientWidth;
    const by = { x: (event.clientX - held.current.x) * scale, y: (event.clientY - held.current.y) * scale };
    held.current = { x: event.clientX, y: event.clientY };
    setCut(moved(ready.cut, number(ratio, ready.picture), ready.picture, by));
  };
  const take = async () => {
    if (box === undefined || out === undefined) return;
    const clear = facts?.kind === 'image' ? facts.alpha : upload?.mediaType !== 'image/jpeg';
    try {
      const file = await cropPicture(image.current!, box, out, { name: label, clear });
      onMedia(beginUpload(file));
      onClose();
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const slider = (field: keyof Cut, min = 0) => (
    <label className="crop-slider small">
      <span className="quiet">{t(field)}</span>
      <input
        type="range"
        min={min}
        max={1}
        step={0.01}
        disabled={cut === undefined}
        value={cut?.[field] ?? 1}
        onChange={({ target }) => cut && setCut({ ...cut, [field]: target.valueAsNumber })}
      />
    </label>
  );
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <Dialog label={t('title', { label })} className="crop-dialog" onClose={onClose}>
      <h2>{t('title', { label })}</h2>
      <div className="crop-stage" style={picture && { width: `min(100%, ${(52 * picture.width) / picture.height}vh)` }}>
        <img ref={image} className="crop-picture" src={address} alt={label} draggable={false} onLoad={load} />
        {box !== undefined && ready !== undefined && (
          <div
            className="crop-box"
            style={{
              left: percent(box.x, ready.picture.width),
              top: percent(box.y, ready.picture.height),
              width: percent(box.width, ready.picture.width),
              height: percent(box.height, ready.picture.height),
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              held.current = { x: event.clientX, y: event.clientY };
            }}
            onPointerMove={drag}
            onPointerUp={() => {
              held.current = undefined;
            }}
          />
        )}
      </div>
      <Choice
        legend={t('ratio')}
        options={ratios}
        value={ratio}
        show={(one) => (one === own ? t('own') : one)}
        onChoose={choose}
      />
      <div className="crop-sliders">
        {slider('size', leastSize)}
        {slider('across')}
        {slider('down')}
      </div>
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      <div className="crop-foot">
        <output className="small quiet">{out !== undefined && `${out.width} × ${out.height}`}</output>
        <button type="button" className="button plain" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" className="button main" disabled={box === undefined} onClick={() => void take()}>
          {t('take')}
        </button>
      </div>
    </Dialog>
  );
}
