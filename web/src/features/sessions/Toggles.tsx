import type { Ref } from 'react';

export interface Toggle<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What tells it from another of the same name. */
  readonly hint?: string | null;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly Toggle<Value>[];
  readonly value?: readonly Value[];
  readonly onChange?: (value: Value[]) => void;
  readonly id?: string;
  readonly ref?: Ref<HTMLInputElement>;
  readonly 'aria-describedby'?: string;
}

/** Several of a few, each large enough for a thumb. Its value keeps the order of what is offered. */
export function Toggles<Value extends string>({ label, options, value = [], onChange, id, ref, 'aria-describedby': described }: Props<Value>) {
  return (
    <div role="group" className="toggles" aria-label={label} aria-describedby={described} id={id}>
      {options.map((option, index) => (
        <label key={option.value} className={value.includes(option.value) ? 'on' : undefined}>
          <input
            ref={index === 0 ? ref : undefined}
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) => onChange?.(options.map((one) => one.value).filter((one) => (one === option.value ? event.target.checked : value.includes(one))))}
          />
          <span>
            {option.label}
            {option.hint ? <span className="muted small"> {option.hint}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}
