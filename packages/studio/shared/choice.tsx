import { useId } from 'react';

/** One of a few, as chips. A value that is not offered stays to be seen, marked. */
export function Choice({
  legend,
  options,
  value,
  show = String,
  onChoose,
}: {
  readonly legend: string;
  readonly options: readonly string[];
  readonly value: string | undefined;
  readonly show?: (option: string) => string;
  readonly onChoose: (option: string) => void;
}) {
  const name = useId();
  const all = value === undefined || options.includes(value) ? options : [...options, value];
  return (
    <fieldset className="choice">
      <legend className="small quiet">{legend}</legend>
      <div className="choice-chips">
        {all.map((option) => (
          <label key={option} className={options.includes(option) ? 'choice-chip' : 'choice-chip wrong'}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChoose(option)} />
            <span>{show(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** On or off. */
export function Toggle({
  label,
  hint,
  on,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className="toggle">
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="toggle-track" aria-hidden="true" />
      <span>
        {label}
        {hint !== undefined && <span className="small quiet"> {hint}</span>}
      </span>
    </label>
  );
}
