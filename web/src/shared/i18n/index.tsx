import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';

export type Language = 'zh' | 'en';
/** A text in both languages: one that lacks a language does not compile. */
export type Pair = readonly [zh: string, en: string];
export type Table = Readonly<Record<string, Pair>>;

/** Declares the texts of a room, in ICU's syntax: `messages({ due: ['{n} 件到期', '{n} due'] })`. */
export function messages<const T extends Table>(table: T): T {
  return table;
}

type Value = string | number | boolean | Date | null | undefined;
type Rich = Value | ReactNode | ((chunks: ReactNode[]) => ReactNode);

/** Gives the texts of a table in the present language. */
export interface Text<T extends Table> {
  (key: keyof T & string, values?: Record<string, Value>): string;
  /** With elements in it: `t.rich('late', { b: (words) => <strong>{words}</strong> })`. */
  rich: (key: keyof T & string, values: Record<string, Rich>) => ReactNode;
}

const SwitchContext = createContext<(language: Language) => void>(() => undefined);

function remembered(): Language {
  const kept = localStorage.getItem('banlian-language');
  if (kept === 'zh' || kept === 'en') return kept;
  return 'zh';
}

/** Chinese first; the choice is remembered on this device. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(remembered);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choose = useCallback((next: Language) => {
    localStorage.setItem('banlian-language', next);
    setLanguage(next);
  }, []);
  return (
    <SwitchContext.Provider value={choose}>
      <IntlProvider locale={language} defaultLocale={language} timeZone="Asia/Shanghai">
        {children}
      </IntlProvider>
    </SwitchContext.Provider>
  );
}

export function useLanguage(): [Language, (language: Language) => void] {
  return [useIntl().locale as Language, useContext(SwitchContext)];
}

/** The word of the pair in the present language. */
export function usePick(): (pair: Pair) => string {
  const [language] = useLanguage();
  return useCallback((pair: Pair) => pair[language === 'zh' ? 0 : 1], [language]);
}

/** The texts of a room's table in the present language. */
export function useText<T extends Table>(table: T): Text<T> {
  const intl = useIntl();
  return useMemo(() => {
    const at = intl.locale === 'zh' ? 0 : 1;
    const describe = (key: string) => {
      const text = table[key]?.[at] ?? key;
      return { id: `${intl.locale}:${text}`, defaultMessage: text };
    };
    const text = ((key, values) => intl.formatMessage(describe(key), values)) as Text<T>;
    text.rich = (key, values) => intl.formatMessage(describe(key), values as Record<string, Value>) as ReactNode;
    return text;
  }, [intl, table]);
}
