import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';
import { LIBRARY } from './library-queries.ts';

export interface NewFolderDialogProps {
  /** Path of the folder in which it is made. */
  readonly parent: string;
  readonly close: () => void;
}

export default function NewFolderDialog({ parent, close }: NewFolderDialogProps) {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/folder', { body: { folderName: name, parentFolderPath: parent } })),
    onSuccess: async (folder) => {
      await client.invalidateQueries({ queryKey: LIBRARY });
      tell({ kind: 'done', message: text.browse.created(folder.name) });
      close();
    },
  });
  const submit = () => {
    if (name.trim() !== '') mutate();
  };
  return (
    <FormDialog
      title={text.browse.newFolder}
      submitLabel={text.browse.create}
      submit={submit}
      close={close}
      isBusy={isPending}
    >
      <FormField label={text.browse.folderName} errorText={error && failureWords(error, text)}>
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
