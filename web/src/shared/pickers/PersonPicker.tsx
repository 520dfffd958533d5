import { useCallback, useState, type Ref } from 'react';
import { NamePerson, PickPeople, type PersonFilterInput, type PickPeopleQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { Combobox, type Choosable } from '@/shared/ui/Combobox.tsx';

export type PickedPerson = NonNullable<PickPeopleQuery['people']>['nodes'][number];

interface Props {
  /** The id of who is chosen. */
  readonly value?: string | null | undefined;
  readonly onChange?: (id: string | null) => void;
  /** Who is chosen, whole. */
  readonly onPick?: (picked: PickedPerson | null) => void;
  readonly only?: Pick<PersonFilterInput, 'organisation' | 'role'>;
  readonly label?: string;
  readonly placeholder?: string;
  readonly clearable?: boolean;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
  readonly 'aria-describedby'?: string;
}

/** A person by name, pinyin, initials or account name, among those that the reader may see. */
export function PersonPicker({ value, onChange, onPick, only, ...rest }: Props) {
  const [words, setWords] = useState<string | null>(null);
  const onSearch = useCallback((next: string) => setWords(next), []);
  const asked = useAsk(PickPeople, { filter: { search: words || null, ...only } }, { when: words !== null, keep: true });
  const found = asked.data?.people?.nodes ?? [];
  const known = found.find((one) => one.id === value);
  const named = useAsk(NamePerson, { id: value ?? '' }, { when: Boolean(value) && !known });
  const chosen: Choosable | null = value ? (known ?? named.data?.person ?? { id: value, name: '…' }) : null;
  return (
    <Combobox
      {...rest}
      chosen={chosen}
      found={found.map((one) => ({ ...one, hint: `${one.login} · ${one.organisation.name}` }))}
      busy={asked.loading || asked.refreshing}
      onSearch={onSearch}
      onChoose={(one) => {
        onChange?.(one?.id ?? null);
        onPick?.(one);
      }}
    />
  );
}
