import { parties } from '../state/parties';
import { Field } from './Field';

interface Props {
  name: string;
  label: string;
  value: string;
  required?: boolean;
}

/** A party: one of the ledger's, or any code, sector or name that the ledger can ask for. */
export function PartyField({ name, label, value, required = false }: Props) {
  const list = `parties-${name}`;
  return (
    <Field label={label}>
      <input name={name} value={value} list={list} required={required} autocomplete="off" spellcheck={false} />
      <datalist id={list}>
        {parties.value.map((each) => <option key={each.party} value={each.party}>{each.name}</option>)}
      </datalist>
    </Field>
  );
}
