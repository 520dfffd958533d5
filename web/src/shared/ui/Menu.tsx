import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import './menu.css';

/** Something that a menu offers. */
export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** Stands apart from what comes before. */
  readonly apart?: boolean;
  readonly danger?: boolean;
}

interface MenuProps {
  /** What stands on the button. */
  readonly children: ReactNode;
  /** The button's name, where what stands on it does not say enough. */
  readonly label?: string;
  readonly className?: string;
  readonly items: readonly MenuItem[];
  readonly onChoose: (key: string) => void;
}

/** A button that opens a few things to do. Arrow keys go between them; Escape and whatever takes the focus away close it. */
export function Menu({ children, label, className = 'menu-button', items, onChoose }: MenuProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const offered = () => [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== 'ArrowDown') return;
      setOpen(true);
    } else if (event.key === 'Escape') close();
    else {
      const all = offered();
      const at = all.findIndex((one) => one === document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      all[(to + all.length) % all.length]?.focus();
    }
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      className="menu"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button ref={button} type="button" className={className} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={label} onClick={() => setOpen((now) => !now)}>
        {children}
      </button>
      {open ? (
        <div role="menu" id={id} className="menu-list" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={[item.apart ? 'apart' : '', item.danger ? 'danger' : ''].join(' ').trim() || undefined}
              onClick={() => {
                // The focus is back before a window opens, so that the window gives it back here.
                close();
                onChoose(item.key);
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
