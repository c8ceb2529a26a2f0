import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';

export interface UrlsDialogProps {
  readonly upload: (urls: readonly string[]) => void;
  readonly close: () => void;
}

const isUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

/** Asks for the URLs of files that the library fetches itself. */
export default function UrlsDialog({ upload, close }: UrlsDialogProps) {
  const words = useText().upload;
  const [written, setWritten] = useState('');
  const [wrong, setWrong] = useState<string>();
  const lines = written.split(/\s+/).filter(Boolean);
  const submit = () => {
    const unread = lines.find((line) => !isUrl(line));
    setWrong(unread);
    if (unread !== undefined) return;
    upload(lines);
    close();
  };
  return (
    <FormDialog
      title={words.fromUrlsTitle}
      submitLabel={words.button}
      submit={submit}
      close={close}
      canSubmit={lines.length > 0}
    >
      <FormField
        label={words.urls}
        constraintText={words.urlsHint}
        errorText={wrong !== undefined && words.urlWrong(wrong)}
      >
        <Textarea value={written} autoFocus rows={4} onChange={({ detail }) => setWritten(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
