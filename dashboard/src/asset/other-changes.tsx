import { Fragment } from 'react';
import { useCustomFields } from '../fields/use-custom-fields.ts';
import { useText } from '../i18n/text.tsx';
import type { ChangedDetail } from './details-draft.ts';

/** What somebody else wrote meanwhile, beside what stands in the form: whoever sees both can choose. */
export function OtherChanges({ changes }: { readonly changes: readonly ChangedDetail[] }) {
  const { asset } = useText();
  const fields = useCustomFields();
  const nameOf = ({ detail, field }: ChangedDetail): string =>
    detail === 'field' ? (fields?.find(({ name }) => name === field)?.label ?? field) : asset[detail];
  if (changes.length === 0) return null;
  return (
    <>
      <p>{asset.theirs}</p>
      <dl className="facts">
        {changes.map((change) => (
          <Fragment key={`${change.detail} ${change.field}`}>
            <dt>{nameOf(change)}</dt>
            <dd>{change.value || asset.nothing}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
