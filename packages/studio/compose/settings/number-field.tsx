/** A number that may be left out; then the placeholder says what happens. */
export function NumberField({
  label,
  value,
  placeholder,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly placeholder: string;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | undefined) => void;
}) {
  return (
    <label className="number-field">
      <span className="small quiet">{label}</span>
      <input
        className="field"
        type="number"
        min={min}
        max={max}
        step="any"
        value={value ?? ''}
        placeholder={placeholder}
        onChange={({ target }) => onChange(Number.isFinite(target.valueAsNumber) ? target.valueAsNumber : undefined)}
      />
    </label>
  );
}
