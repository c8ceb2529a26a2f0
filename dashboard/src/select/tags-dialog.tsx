import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { readTags } from './read-tags.ts';
import type { SelectionDialogProps } from './selection-dialog.ts';
import { addTags, removeTags } from './tag-actions.ts';

/** Tags that are offered to be taken away, from the most frequent. */
const SHOWN = 20;

/** Gives all of the files tags, or takes some from them. */
export function TagsDialog({ files, act, close }: SelectionDialogProps) {
  const text = useText();
  const { select, asset } = text;
  const [written, setWritten] = useState('');
  const [taken, setTaken] = useState<readonly string[]>([]);
  const offered = [...files.tags].sort((one, other) => other[1] - one[1]).slice(0, SHOWN);
  const added = readTags(written);
  const submit = () => {
    if (added.length > 0) act(addTags(text, added));
    if (taken.length > 0) act(removeTags(text, taken));
    close();
  };
  const toggle = (tag: string) =>
    setTaken((before) => (before.includes(tag) ? before.filter((one) => one !== tag) : [...before, tag]));
  return (
    <FormDialog
      title={select.tagsOf(files.count)}
      submitLabel={text.save}
      submit={submit}
      close={close}
      canSubmit={added.length + taken.length > 0}
    >
      <FormField label={select.addTags} constraintText={asset.tagsHint}>
        <Input value={written} autoFocus onChange={({ detail }) => setWritten(detail.value)} />
      </FormField>
      {offered.length > 0 && (
        <fieldset className="chips taken-tags">
          <legend>{select.removeTags}</legend>
          {offered.map(([tag, count]) => (
            <button
              key={tag}
              type="button"
              className="chip"
              aria-pressed={taken.includes(tag)}
              onClick={() => toggle(tag)}
            >
              {tag} <span className="chip-count">{count}</span>
            </button>
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}
