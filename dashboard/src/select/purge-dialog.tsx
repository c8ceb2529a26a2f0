import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import type { SelectionDialogProps } from './selection-dialog.ts';
import { purge } from './trash-actions.ts';

/** What cannot be taken back is typed, with the number of files in it. */
export function PurgeDialog({ files, act, close }: SelectionDialogProps) {
  const text = useText();
  const { select } = text;
  const [typed, setTyped] = useState('');
  const words = select.purgeWords(files.count);
  const submit = () => {
    act(purge(text));
    close();
  };
  return (
    <FormDialog
      title={select.purgeFor}
      submitLabel={select.purgeFor}
      submit={submit}
      close={close}
      canSubmit={typed.trim() === words}
    >
      <p>{select.purgeHint}</p>
      <ul className="sample">
        {files.sample.map(({ fileId, filePath }) => (
          <li key={fileId}>{filePath}</li>
        ))}
        {files.count > files.sample.length && <li>{select.andMore(files.count - files.sample.length)}</li>}
      </ul>
      <FormField label={select.purgeType(words)}>
        <Input value={typed} autoFocus onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
