import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { LIBRARY } from './library-queries.ts';

const FORM = 'new-folder';

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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') mutate();
  };
  return (
    <Modal
      visible
      onDismiss={close}
      header={text.browse.newFolder}
      closeAriaLabel={text.close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {text.cancel}
            </Button>
            <Button variant="primary" form={FORM} formAction="submit" loading={isPending}>
              {text.browse.create}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <FormField label={text.browse.folderName} errorText={error && failureWords(error, text)}>
          <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      </form>
    </Modal>
  );
}
