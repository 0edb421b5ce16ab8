import type { InputName } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { anyModel, type ModelWish } from './find-models.ts';

const inputs = ['subject', 'scene', 'image', 'video', 'voice', 'startFrame', 'endFrame'] as const satisfies InputName[];
const lengths = [5, 8, 10, 12, 15];
const times = [5, 10];

/** What models are filtered and sorted by. */
export function ModelFilter({
  wish,
  onWish,
}: {
  readonly wish: ModelWish;
  readonly onWish: (wish: ModelWish) => void;
}) {
  const t = useTranslations('models');
  const toggle = (input: InputName, on: boolean) =>
    onWish({ ...wish, inputs: on ? [...wish.inputs, input] : wish.inputs.filter((one) => one !== input) });
  const chip = (label: string, on: boolean, onChange: (on: boolean) => void) => (
    <label key={label} className="choice-chip">
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
  return (
    <div className="models-filter-fields">
      <fieldset className="choice">
        <legend className="small quiet">{t('takes')}</legend>
        <div className="choice-chips">
          {inputs.map((input) => chip(t(`inputs.${input}`), wish.inputs.includes(input), (on) => toggle(input, on)))}
        </div>
      </fieldset>
      <fieldset className="choice">
        <legend className="small quiet">{t('can')}</legend>
        <div className="choice-chips">
          {chip(t('makesSound'), wish.audio, (audio) => onWish({ ...wish, audio }))}
          {chip(t('takesShots'), wish.shots, (shots) => onWish({ ...wish, shots }))}
        </div>
      </fieldset>
      <div className="models-filter-pairs">
        <label>
          {t('length')}
          <select
            className="field"
            value={wish.seconds}
            onChange={({ target }) => onWish({ ...wish, seconds: Number(target.value) })}
          >
            <option value={0}>{t('any')}</option>
            {lengths.map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds} s
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('price')}
          <select
            className="field"
            value={wish.price}
            onChange={({ target }) => onWish({ ...wish, price: target.value as ModelWish['price'] })}
          >
            <option value="any">{t('any')}</option>
            <option value="free">{t('free')}</option>
            <option value="known">{t('priceKnown')}</option>
          </select>
        </label>
        <label>
          {t('speed')}
          <select
            className="field"
            value={wish.minutes}
            onChange={({ target }) => onWish({ ...wish, minutes: Number(target.value) })}
          >
            <option value={0}>{t('any')}</option>
            {times.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('within', { minutes })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('order')}
          <select
            className="field"
            value={wish.order}
            onChange={({ target }) => onWish({ ...wish, order: target.value as ModelWish['order'] })}
          >
            <option value="catalog">{t('orders.catalog')}</option>
            <option value="price">{t('orders.price')}</option>
            <option value="speed">{t('orders.speed')}</option>
          </select>
        </label>
      </div>
      <button type="button" className="button tiny" disabled={wish === anyModel} onClick={() => onWish(anyModel)}>
        {t('clear')}
      </button>
    </div>
  );
}
