import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useText } from '@/shared/i18n';
import { texts } from './texts.ts';
import './combobox.css';

/** Something that may be chosen. */
export interface Choosable {
  readonly id: string;
  readonly name: string;
  /** What tells it from another of the same name. */
  readonly hint?: string;
}

interface ComboboxProps<One extends Choosable> {
  /** What is chosen; its name stands in the field. */
  readonly chosen: Choosable | null;
  /** What the typed words find. */
  readonly found: readonly One[];
  readonly busy: boolean;
  /** Told once the typing rests; with an empty text when the list opens. */
  readonly onSearch: (words: string) => void;
  readonly onChoose: (one: One | null) => void;
  readonly label?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly clearable?: boolean;
  readonly id?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-required'?: boolean | 'true' | 'false' | undefined;
  readonly 'aria-invalid'?: boolean | 'true' | 'false' | undefined;
}

/** A choice among too many for a list: type, and choose from what is found. Arrow keys, Enter and Escape work in it. */
export function Combobox<One extends Choosable>({ chosen, found, busy, onSearch, onChoose, label, placeholder, clearable = true, ...rest }: ComboboxProps<One>) {
  const t = useText(texts);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);

  useEffect(() => {
    if (!open) return;
    const timer = window.setTimeout(() => {
      onSearch((typed ?? '').trim());
      setAt(0);
    }, typed ? 200 : 0);
    return () => window.clearTimeout(timer);
  }, [onSearch, open, typed]);

  const close = () => {
    setOpen(false);
    setTyped(null);
  };
  const choose = (one: One | undefined) => {
    if (!one) return;
    onChoose(one);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      if (open) setAt((now) => Math.min(found.length - 1, now + 1));
      else setOpen(true);
    } else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
    else if (event.key === 'Enter' && open) choose(found[at]);
    else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      close();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      className="combobox"
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) close();
      }}
    >
      <input
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && found[at] ? `${list}-${at}` : undefined}
        aria-label={label}
        placeholder={placeholder ?? t('pickHint')}
        maxLength={60}
        value={typed ?? chosen?.name ?? ''}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        {...rest}
      />
      {clearable && chosen && !rest.disabled ? (
        <button type="button" className="combobox-clear" aria-label={t('clear', { name: label ?? chosen.name })} onClick={() => onChoose(null)}>
          ×
        </button>
      ) : null}
      <div className="combobox-list" hidden={!open}>
        <div role="listbox" id={list} aria-label={label ?? t('found')}>
          {open
            ? found.map((one, index) => (
                <div
                  key={one.id}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  onMouseMove={() => setAt(index)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(one)}
                >
                  <span>{one.name}</span>
                  {one.hint ? <span className="muted small">{one.hint}</span> : null}
                </div>
              ))
            : null}
        </div>
        {open && found.length === 0 ? (
          <p className="muted small" role="status">
            {busy ? t('loading') : t('foundNothing')}
          </p>
        ) : null}
      </div>
    </div>
  );
}
