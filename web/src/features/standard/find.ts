import type { StandardQuery } from '@/shared/gql/documents.ts';

export type Indicator = StandardQuery['indicators'][number];
export type Formula = Indicator['formulas'][number];

export interface Wanted {
  readonly words: string;
  readonly group: string | null;
  /** Only what is computed by now, or only what is not. */
  readonly computed: boolean | null;
}

/**
 * The indicators that are wanted, each with the formulas that are: a word may stand in a number, a name, what is asked, a
 * formula or a term. Where it stands in a formula alone, only such formulas are shown.
 */
export function find(indicators: readonly Indicator[], { words, group, computed }: Wanted): Indicator[] {
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (texts: readonly string[]) => {
    const all = texts.join('\n').toLowerCase();
    return sought.every((word) => all.includes(word));
  };
  return indicators.flatMap((one) => {
    if (group !== null && one.group !== group) return [];
    const own = holds([one.number, one.nameZh, one.nameEn, one.requirementZh, one.requirementEn, ...one.vocabularies.flatMap(({ nameZh, nameEn, terms }) => [nameZh, nameEn, ...terms.flatMap((term) => [term.nameZh, term.nameEn])])]);
    const formulas = one.formulas.filter((formula) => (computed === null || formula.computed === computed) && (own || holds([one.number, formula.id, formula.nameZh, formula.nameEn, formula.formulaZh, formula.formulaEn])));
    return formulas.length > 0 ? [{ ...one, formulas }] : [];
  });
}
