import { useCallback, useState, type Ref } from 'react';
import { NameOrganisation, PickOrganisations, type OrganisationFilterInput, type PickOrganisationsQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { organisationKindWords } from '@/shared/i18n/labels.ts';
import { usePick } from '@/shared/i18n';
import { Combobox, type Choosable } from '@/shared/ui/Combobox.tsx';

export type PickedOrganisation = NonNullable<PickOrganisationsQuery['organisations']>['nodes'][number];

interface Props {
  /** The id of what is chosen. */
  readonly value?: string | null | undefined;
  readonly onChange?: (id: string | null) => void;
  /** What is chosen, whole. */
  readonly onPick?: (picked: PickedOrganisation | null) => void;
  /** Which are offered. */
  readonly only?: Pick<OrganisationFilterInput, 'kind' | 'under'>;
  /** As of which day. */
  readonly asOf?: string | null;
  /** Left out: the one that the form is about. */
  readonly except?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly clearable?: boolean;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
  readonly 'aria-describedby'?: string;
}

/** An organisation by name, pinyin, initials or code, among those that the reader may see. */
export function OrganisationPicker({ value, onChange, onPick, only, asOf = null, except, ...rest }: Props) {
  const pick = usePick();
  const [words, setWords] = useState<string | null>(null);
  const onSearch = useCallback((next: string) => setWords(next), []);
  const asked = useAsk(PickOrganisations, { filter: { search: words || null, ...only }, asOf }, { when: words !== null, keep: true });
  const found = (asked.data?.organisations?.nodes ?? []).filter((one) => one.id !== except);
  const known = found.find((one) => one.id === value);
  const named = useAsk(NameOrganisation, { id: value ?? '' }, { when: Boolean(value) && !known });
  const chosen: Choosable | null = value ? (known ?? named.data?.organisation ?? { id: value, name: '…' }) : null;
  return (
    <Combobox
      {...rest}
      chosen={chosen}
      found={found.map((one) => ({ ...one, hint: [pick(organisationKindWords[one.kind]), one.authority?.name].filter(Boolean).join(' · ') }))}
      busy={asked.loading || asked.refreshing}
      onSearch={onSearch}
      onChoose={(one) => {
        onChange?.(one?.id ?? null);
        onPick?.(one);
      }}
    />
  );
}

/** The chosen organisation whole, by its id; nothing while it is on its way, or where it may not be seen. */
export function useOrganisation(id: string | null | undefined): PickedOrganisation | null {
  const asked = useAsk(NameOrganisation, { id: id ?? '' }, { when: Boolean(id) });
  return id ? (asked.data?.organisation ?? null) : null;
}
