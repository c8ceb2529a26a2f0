import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { View } from '../browse/view.ts';
import { searchQuery } from '../find/search-query.ts';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';
import { useSaveSearch } from './saved-search-queries.ts';

export interface SaveSearchDialogProps {
  readonly view: View;
  readonly close: () => void;
}

/** Keeps the search that is shown, with its filters, under a name. */
export default function SaveSearchDialog({ view, close }: SaveSearchDialogProps) {
  const text = useText();
  const { saved } = text;
  const may = useMay();
  const tell = useNotices();
  const [name, setName] = useState(view.words);
  const [shared, setShared] = useState(false);
  const { mutate, error, isPending } = useSaveSearch();
  const submit = () => {
    const search = { name: name.trim(), searchQuery: searchQuery(view), sort: view.sort, shared };
    mutate(search, {
      onSuccess: () => {
        tell({ kind: 'done', message: saved.done(name.trim()) });
        close();
      },
    });
  };
  return (
    <FormDialog
      title={saved.save}
      submitLabel={text.save}
      submit={submit}
      close={close}
      isBusy={isPending}
      canSubmit={name.trim() !== ''}
    >
      <FormField label={saved.name} errorText={error && failureWords(error, text)}>
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      {may('files.update') && (
        <Checkbox checked={shared} onChange={({ detail }) => setShared(detail.checked)}>
          {saved.share}
        </Checkbox>
      )}
    </FormDialog>
  );
}
