import { useCustomFields } from '../fields/use-custom-fields.ts';

/** Custom fields with few values, each value a choice. @param choose given the field's name and the value, a colon between */
export function FieldFilter({ choose }: { readonly choose: (field: string) => void }) {
  const fields = useCustomFields();
  return fields?.map(({ id, name, label, schema }) => {
    const options =
      schema.type === 'Boolean' ? [true, false] : schema.type === 'SingleSelect' ? schema.selectOptions : [];
    if (!options?.length) return null;
    return (
      <select
        key={id}
        className="chip"
        aria-label={label}
        value=""
        onChange={({ target }) => target.value !== '' && choose(`${name}:${target.value}`)}
      >
        <option value="">{label}</option>
        {options.map((option) => (
          <option key={String(option)} value={String(option)}>
            {String(option)}
          </option>
        ))}
      </select>
    );
  });
}
