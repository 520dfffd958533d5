import { useText } from '@/shared/i18n';
import { texts } from './texts.ts';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface ChoiceProps<Value extends string> {
  readonly options: readonly Option<Value>[];
  readonly value?: Value | null | undefined;
  readonly onChange?: (value: Value | null) => void;
  /** The name, where no label stands beside it. */
  readonly label?: string;
  /** What stands for "no choice made"; without it something is always chosen. */
  readonly none?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly 'aria-describedby'?: string;
  readonly 'aria-required'?: boolean | 'true' | 'false';
  readonly 'aria-invalid'?: boolean | 'true' | 'false';
}

/** A native choice among a few words: the keyboard and the phone know it. Fits into a form's field. */
export function Choice<Value extends string>({ options, value, onChange, label, none, ...rest }: ChoiceProps<Value>) {
  const t = useText(texts);
  const unset = value === null || value === undefined || value === ('' as Value);
  return (
    <select
      className="choice"
      aria-label={label}
      value={unset ? '' : value}
      onChange={(event) => onChange?.(event.target.value === '' ? null : (event.target.value as Value))}
      {...rest}
    >
      {none !== undefined || unset ? <option value="">{none ?? t('choose')}</option> : null}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
