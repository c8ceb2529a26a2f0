import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CustomFields } from '../fields/custom-fields.tsx';
import { useText } from '../i18n/text.tsx';
import { readTags } from '../select/read-tags.ts';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';
import type { UploadQueue } from './upload-queue.ts';

export interface UploadDetailsDialogProps {
  readonly queue: UploadQueue;
  readonly close: () => void;
}

/** Asks for tags and values of custom fields that everything in the queue gets. */
export default function UploadDetailsDialog({ queue, close }: UploadDetailsDialogProps) {
  const text = useText();
  const may = useMay();
  const tell = useNotices();
  const [written, setWritten] = useState('');
  const [fields, setFields] = useState<Readonly<Record<string, unknown>>>({});
  const tags = readTags(written);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => queue.describeAll({ tags, fields: given }),
    onSuccess: () => {
      tell({ kind: 'done', message: text.upload.described });
      close();
    },
  });
  return (
    <FormDialog
      title={text.upload.detailsTitle}
      submitLabel={text.save}
      submit={() => mutate()}
      close={close}
      isBusy={isPending}
      canSubmit={tags.length + Object.keys(given).length > 0}
    >
      <FormField
        label={text.select.addTags}
        constraintText={text.asset.tagsHint}
        errorText={error && failureWords(error, text)}
      >
        <Input value={written} autoFocus onChange={({ detail }) => setWritten(detail.value)} />
      </FormField>
      {may('fields.read') && (
        <CustomFields
          values={fields}
          isReadOnly={false}
          write={(name, value) => setFields((before) => ({ ...before, [name]: value }))}
        />
      )}
    </FormDialog>
  );
}
